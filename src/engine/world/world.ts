import type { Address, Hex } from "viem";

import type { FlowEnd } from "../../order-flow/interference.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { UserSettings } from "../chain/borrowed-connection.js";
import type { AccountOverrides, BlockEnvironment } from "../chain/chain.js";
import type { Provider } from "../chain/rpc.js";
import type { Patience, Upstream } from "../chain/upstream.js";
import type { BoundWorld } from "./bound-world.js";
import type { Executor } from "./executor/executor.js";

import { numberToHex } from "viem";

import { SiegeError } from "../../errors.js";
import { interleaved } from "../../order-flow/interleave.js";
import { Borrowed } from "../chain/borrowed-connection.js";
import { Chain } from "../chain/chain.js";
import { LENS_CODE, PUPPET_CODE, RESOLVER_CODE } from "../chain/engine-bytecode.js";
import { LENS_ADDRESS, unpackReads } from "../chain/lens.js";
import { nextRandao, prevRandao } from "../chain/prev-randao.js";
import { RESOLVER_ADDRESS } from "../chain/resolver-account.js";

import { bindWorld } from "./bind-world.js";
import { FaithfulExecutor } from "./executor/faithful.js";
import { Observation } from "./observation.js";

/** What a world is opened on. */
export interface WorldEnvironment extends UserSettings {
  readonly provider: Provider;
  /** The endpoint that it forks from; `undefined` if it forks from none. */
  readonly upstream?: Upstream | undefined;
  /** How long to wait for the endpoint. Default: 60 seconds. */
  readonly patience?: Patience;
  /** Throws if the campaign is to stop, whatever a user's `inspect()` waits for. */
  readonly checkpoint?: () => void;
}

/**
 * A chain at a base snapshot, with the scenario's assets, oracles, protocols and accounts bound to it.
 * Every run starts at the base and leaves it unchanged. There is one world on the user's own connection, with the faithful
 * executor, and one on each lane.
 */
export interface World extends BoundWorld {
  readonly chain: Chain;
  /** How its blocks are executed. */
  readonly executor: Executor;
  /** The outcomes of the recorded transactions without the agents, by hash. */
  readonly undisturbed: ReadonlyMap<Hex, FlowEnd>;
  /**
   * Runs the Resolver on the state before a block, whose environment calls see. Nothing of it lasts.
   *
   * @param environment - of the coming block
   * @param senders - the accounts whose calls it makes
   * @param moves - see contracts/Resolver.sol
   * @param purses - what accounts have of the native coin during the call, wei, in place of what they have
   */
  tryAhead(
    environment: BlockEnvironment,
    senders: readonly Address[],
    moves: Hex,
    purses: ReadonlyMap<Address, bigint>,
  ): Promise<Hex>;
  /** Goes back to the base. */
  restore(): Promise<void>;
  /** Takes the chain back to a snapshot that was taken since, with all that the world itself has put there. */
  revert(snapshot: Hex): Promise<void>;
  /** Lets an account send transactions; undone by `close`. */
  impersonate(account: Address): Promise<void>;
  /** Gives the chain back: the user's connection is restored, a lane is closed. */
  close(): Promise<void>;
}

/**
 * Takes a connection over and binds a scenario to it.
 *
 * @throws SiegeError `NO_CODE`, and what {@link bindWorld} throws; the connection is restored then
 */
export async function openWorld(
  environment: WorldEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
): Promise<World> {
  const chain = new Chain(environment.provider, environment.upstream, environment.patience);
  if ((await chain.code(target.address)) === "0x") {
    throw new SiegeError("NO_CODE", {
      message: `There is no contract at the target's address ${target.address} at the block of this connection.`,
      hint: "Deploy it on this connection first, or fork a block at which it exists.",
    });
  }
  const borrowed = await Borrowed.from(chain, environment);
  try {
    const bound = await bindWorld(chain, borrowed, target, scenario, environment.checkpoint);
    const impersonate = (account: Address): Promise<void> => borrowed.impersonate(account);
    const observe = await observerOf(chain, bound);
    const executor = new FaithfulExecutor({ chain, observe, impersonate });
    const undisturbed = await playUndisturbed(chain, executor, bound);
    // EDR consumes a snapshot by reverting to it
    let base = await chain.snapshot();
    return {
      ...bound,
      chain,
      executor,
      undisturbed,
      tryAhead: async (coming, senders, moves, purses) => tryWithPuppets(chain, coming, senders, { moves, purses }),
      revert: (snapshot) => chain.revert(snapshot),
      restore: async () => {
        await chain.revert(base);
        base = await chain.snapshot();
      },
      impersonate,
      close: () => borrowed.giveBack(),
    };
  } catch (error) {
    // the first fault is the one to report; a chain that does not answer cannot be given back
    await borrowed.giveBack().catch(() => undefined);
    throw error;
  }
}

/** Where accounts send transactions themselves, they are puppets for the duration of the call only. */
export async function tryWithPuppets(
  chain: Chain,
  environment: BlockEnvironment,
  senders: readonly Address[],
  { moves, purses }: { readonly moves: Hex; readonly purses: ReadonlyMap<Address, bigint> },
): Promise<Hex> {
  const puppets: Address[] = [];
  for (const sender of senders) if ((await chain.code(sender)) === "0x") puppets.push(sender);
  const codes = Object.fromEntries(puppets.map((puppet) => [puppet, { code: PUPPET_CODE }]));
  const overrides = { ...codes, ...balancesOf(purses, codes) };
  return chain.ahead(environment, { to: RESOLVER_ADDRESS, data: moves, overrides });
}

/** State overrides for native balances, with what is overridden already. */
export function balancesOf(purses: ReadonlyMap<Address, bigint>, overrides: AccountOverrides = {}): AccountOverrides {
  return Object.fromEntries(
    [...purses].map(([account, wei]) => [account, { ...overrides[account], balance: numberToHex(wei) }]),
  );
}

/** Plays the recorded transactions on their own, and reverts them. */
async function playUndisturbed(
  chain: Chain,
  executor: Executor,
  { scenario, base }: BoundWorld,
): Promise<ReadonlyMap<Hex, FlowEnd>> {
  const ends = new Map<Hex, FlowEnd>();
  if (scenario.orderFlow.length === 0) return ends;
  const snapshot = await chain.snapshot();
  let randao = prevRandao(0);
  for (const [index, flow] of scenario.orderFlow.entries()) {
    randao = nextRandao(randao);
    const timestamp = base.timestamp + (index + 1) * scenario.blockTime;
    const environment = { timestamp, baseFee: scenario.gas.baseFee, prevRandao: randao };
    const { flow: outcomes } = await executor.execute(environment, [], interleaved([], flow));
    for (const { hash, end } of outcomes) ends.set(hash, end);
  }
  await chain.revert(snapshot);
  return ends;
}

/**
 * Reads everything that agents and conditions need from the latest state, in one call. The Lens becomes part of the state:
 * passing its code along with every call would cost a quarter of the call.
 */
export async function observerOf(chain: Chain, { plan, lens }: BoundWorld): Promise<() => Promise<Observation>> {
  await chain.setCode(LENS_ADDRESS, LENS_CODE);
  await chain.setCode(RESOLVER_ADDRESS, RESOLVER_CODE);
  const { [LENS_ADDRESS]: _placed, ...overrides } = lens.overrides;
  const light = { ...lens, overrides };
  return async () => new Observation(unpackReads(plan, await chain.read(light)));
}
