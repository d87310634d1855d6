import type { Provider } from "../../engine/chain/rpc.js";
import type { CampaignCall } from "./campaign-call.js";

import { AsyncLocalStorage } from "node:async_hooks";

import { SiegeError } from "../../errors.js";
import { toPluginError } from "../plugin-error.js";

import { currentCall } from "./campaign-call.js";
import { isAboutFilters } from "./user-filters.js";

/** A campaign that has a connection to itself. */
interface Occupation {
  readonly call: CampaignCall | undefined;
  /** When the connection is as it was before. */
  readonly over: Promise<void>;
}

/** By connection. */
const occupations = new WeakMap<object, Occupation>();

/** Requests of users under way, by connection. */
const underWay = new WeakMap<object, Set<Promise<unknown>>>();

/** Set while a request of the engine is made, and those that Hardhat makes for it, such as for a price of gas. */
const engine = new AsyncLocalStorage<true>();

/** Requests whose answer is the same in every state, and that change none. */
const TIMELESS: ReadonlySet<string> = new Set([
  "eth_accounts",
  "eth_chainId",
  "eth_requestAccounts",
  "eth_sign",
  "eth_signTypedData_v4",
  "eth_syncing",
  "eth_unsubscribe",
  "net_listening",
  "net_version",
  "personal_sign",
  "web3_clientVersion",
  "web3_sha3",
]);

/**
 * Has a connection to itself, after what users have asked of it already.
 *
 * @param work - gets the provider whose requests are not taken for a user's
 */
export function occupying<ResultT>(
  connection: object & { readonly provider: Provider },
  work: (provider: Provider) => Promise<ResultT>,
): Promise<ResultT> {
  const before = Promise.allSettled([...(underWay.get(connection) ?? [])]);
  const running = before.then(() =>
    work({ request: (request) => engine.run(true, () => connection.provider.request(request)) }),
  );
  const leave = (): void => void occupations.delete(connection);
  occupations.set(connection, { call: currentCall(), over: running.then(leave, leave) });
  return running;
}

/**
 * Passes a request on, unless it is a user's and a campaign runs: it would read and change what the campaign puts there, change
 * the campaign, and be undone with it. A campaign whose outcome nobody waits for is stopped: it would be in the way of tests that
 * have nothing to do with it.
 *
 * Not async: every request of a campaign passes through here.
 *
 * @throws SiegeError `CAMPAIGN_RUNNING`
 */
export function admitted<ResultT>(connection: object, method: string, pass: () => Promise<ResultT>): Promise<ResultT> {
  if (engine.getStore() === true || TIMELESS.has(method) || isAboutFilters(method)) return pass();
  const occupation = occupations.get(connection);
  if (occupation === undefined) return noted(connection, pass());
  const { call, over } = occupation;
  if (call?.isForgotten() !== true) return Promise.reject(refusal(method, call));
  call.stop(method);
  // the next one may have begun
  return over.then(() => admitted(connection, method, pass));
}

function noted<ResultT>(connection: object, request: Promise<ResultT>): Promise<ResultT> {
  const requests = underWay.get(connection) ?? new Set<Promise<unknown>>();
  underWay.set(connection, requests.add(request));
  const done = (): void => void requests.delete(request);
  request.then(done, done);
  return request;
}

function refusal(method: string, call: CampaignCall | undefined): Error {
  const error = new SiegeError("CAMPAIGN_RUNNING", {
    message: `${method} was refused: a campaign is running on this connection${call === undefined ? "" : `, started by ${call.origin}`}.`,
    hint: "Await the campaign first, or use a connection of its own for it: await network.create(). What is read and sent meanwhile would be of the campaign's states, and undone with them.",
  });
  return toPluginError(error) as Error;
}
