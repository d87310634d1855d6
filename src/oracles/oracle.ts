import type { Address } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { InspectContext } from "../protocols/contexts.js";
import type { Preparation } from "../protocols/preparation.js";
import type { Protocol, ProtocolDefinition } from "../protocols/protocol.js";
import type { Quote } from "../quantity/quote.js";
import type { OracleFault, OracleFaultKind } from "./faults.js";

import { SiegeError } from "../errors.js";
import { defineProtocol } from "../protocols/protocol.js";

/** How a price feed tracks the fair price. */
export interface OracleModel {
  /** The scenario's asset whose fair price it publishes. */
  readonly asset: string;
  /** What it publishes, if it can only be one of them. Default: whatever the asset's price is. */
  readonly quote?: Quote;
  /** The feed's name; default: the asset's. Of the feeds of one asset, at most one may be unnamed. */
  readonly name?: string;
  /** Latency: a published price is the fair price of that many blocks ago. */
  readonly latencyBlocks: number;
  /** Publishes when the price has moved by at least this fraction since the last round (0.005 = 0.5 %). */
  readonly deviation: number;
  /** Publishes after this many seconds at the latest. */
  readonly heartbeat: number;
}

/** What a feed can show at all, US dollars per whole unit. */
export interface OracleBounds {
  /** Default: no least price. */
  readonly least?: number;
  /** Default: no greatest price. */
  readonly most?: number;
}

/** A round that an oracle publishes: the call, and its sender. */
export interface Publication {
  readonly from: Address;
  readonly call: ContractCall;
}

/** What an oracle may use to read the facts that do not change during a run. */
export interface OracleInspectContext extends InspectContext {
  /** The faults that the search may inject into it. Default: none. */
  readonly faults?: readonly OracleFaultKind[];
  /** Timestamp of the latest block, seconds. */
  readonly now?: number;
}

/** What all oracles have in common: a contract that is read in every block, and that can be made to publish. */
interface ObservedOracle<Options, Facts, View> extends Pick<
  ProtocolDefinition<Options, Facts, View>,
  "kind" | "validate" | "contracts" | "observe"
> {
  /** Facts that do not change in a run. Throws `UNSUPPORTED_PROTOCOL` if the contract is not of this kind. */
  inspect(context: OracleInspectContext, address: Address, options: Options): Promise<Facts>;
  /** State changes that it needs before it can publish, in order. */
  prepare?(facts: Facts): readonly Preparation[];
}

/**
 * How a price feed is observed and made to publish.
 *
 * @typeParam Options - what a scenario may set
 * @typeParam Facts - what is read once, at the base state
 * @typeParam View - what is read in every block
 */
export interface PriceFeedDefinition<Options, Facts, View> extends ObservedOracle<Options, Facts, View> {
  /** The asset that it prices, and when it publishes. */
  model(options: Options): OracleModel;
  /** The price that it last published, US dollars per whole unit. */
  price(view: View): number;
  /** The call that publishes `price`, US dollars per whole unit. */
  publish(facts: Facts, view: View, price: number): Publication;
  /**
   * The least and the greatest price that it can show. While the fair price is beyond one of them, it shows the bound, and its
   * consumers take that for the price. Default: none; a round that the contract refuses is no error, see docs/oracles.md.
   */
  bounds?(facts: Facts): OracleBounds;
  /**
   * The faults that can be injected. `silent` and `frozen` require nothing of the oracle; for `zero`, `negative` and `wrong` it
   * must be able to publish such a price.
   */
  readonly faults?: readonly OracleFaultKind[];
  /** The calls that make a `stale`, `decimals` or `phase` fault happen; `price` is the price that it then reports. */
  fault?(facts: Facts, view: View, fault: OracleFault, price: number): readonly Publication[];
  /** Whether a round was published between two observations. Without it, only the price is compared. */
  advanced?(before: View, after: View): boolean;
}

/** How the uptime feed of a layer 2 sequencer is observed and made to publish. */
export interface UptimeFeedDefinition<Options, Facts, View> extends ObservedOracle<Options, Facts, View> {
  /** Its name, by which a scenario's faults refer to it. */
  name(options: Options): string;
  /** Whether it says that the sequencer is up. */
  isUp(view: View): boolean;
  /** The call that publishes a change of status. */
  publish(facts: Facts, view: View, status: "up" | "down"): Publication;
}

/** How an oracle is observed and made to publish. */
export type OracleDefinition<Options, Facts, View> =
  PriceFeedDefinition<Options, Facts, View> | UptimeFeedDefinition<Options, Facts, View>;

/**
 * An oracle in a scenario: an adapter, an address and options. Made by a factory from {@link defineOracle}.
 *
 * It is also a protocol: among a scenario's `protocols` it is only observed, so that agents can read it (`view.at`); among its
 * `oracles` it also publishes.
 */
export interface Oracle<View = unknown> extends Protocol<View> {
  readonly feed: OracleDefinition<never, never, View>;
}

/** What {@link defineOracle} returns: call it with an address to list an oracle in a scenario. */
export interface OracleFactory<Options, View> {
  (address: Address, ...options: undefined extends Options ? [options?: Options] : [options: Options]): Oracle<View>;
  readonly kind: string;
}

/** Whether an oracle publishes prices, rather than the status of a sequencer. */
export function isPriceFeed<Options, Facts, View>(
  feed: OracleDefinition<Options, Facts, View>,
): feed is PriceFeedDefinition<Options, Facts, View> {
  return "price" in feed;
}

/**
 * Defines an oracle: a contract that others read a price from, or whether a sequencer is up. The built-in ones are made
 * with exactly this function.
 *
 * The engine decides when it publishes, from `model` and the fair price, and which faults occur; the definition provides
 * the calls.
 *
 * @throws SiegeError `ORACLE_WITHOUT_PRICE` if it has neither `price` nor `isUp`, or no `model` to say what it prices
 * @example
 * ```ts
 * const keeperFeed = defineOracle({
 *   kind: "keeperFeed",
 *   inspect: async ({ read }, address, options: { asset: string }) => ({ address, keeper: await read(keeperPlan(address)) }),
 *   observe: ({ address }) => read({ address, abi, functionName: "price" }),
 *   model: ({ asset }) => ({ asset, latencyBlocks: 0, deviation: 0.01, heartbeat: 3_600 }),
 *   price: (answer) => Number(answer) / 1e18,
 *   publish: ({ address, keeper }, _answer, price) => ({
 *     from: keeper,
 *     call: call({ address, abi, functionName: "post", args: [BigInt(Math.round(price * 1e18))] }),
 *   }),
 * });
 * ```
 */
export function defineOracle<Options, Facts, View>(
  definition: PriceFeedDefinition<Options, Facts, View>,
): OracleFactory<Options, View>;
export function defineOracle<Options, Facts, View>(
  // a union would leave the parameters of publish untyped
  // eslint-disable-next-line @typescript-eslint/unified-signatures
  definition: UptimeFeedDefinition<Options, Facts, View>,
): OracleFactory<Options, View>;
export function defineOracle<Options, Facts, View>(
  definition: OracleDefinition<Options, Facts, View>,
): OracleFactory<Options, View> {
  requirePrice(definition);
  const observed = defineProtocol<Options, Facts, View>({
    kind: definition.kind,
    validate: (options) => definition.validate?.(options),
    inspect: (context, address, options) => definition.inspect(context, address, options),
    contracts: (facts) => definition.contracts?.(facts) ?? {},
    observe: (facts, context) => definition.observe(facts, context),
  });
  const factory = (
    address: Address,
    ...options: undefined extends Options ? [options?: Options] : [options: Options]
  ): Oracle<View> =>
    Object.freeze({
      ...observed(address, ...options),
      // the options and facts are private to the definition: they are only ever passed back to it
      feed: definition as unknown as OracleDefinition<never, never, View>,
    });
  return Object.assign(factory, { kind: definition.kind });
}

/** Plain JavaScript callers have no type checks. */
function requirePrice(definition: object & { readonly kind?: unknown }): void {
  const has = (name: string): boolean => typeof (definition as Readonly<Record<string, unknown>>)[name] === "function";
  const isComplete = (has("price") && has("model")) || (has("isUp") && has("name"));
  if (isComplete && has("publish")) return;
  const missing =
    !has("price") && !has("isUp") ? "price" : !has("publish") ? "publish" : has("price") ? "model" : "name";
  throw new SiegeError("ORACLE_WITHOUT_PRICE", {
    message: `The oracle "${String(definition.kind)}" is defined without ${missing}().`,
    hint: "A price feed needs model, price and publish; a sequencer uptime feed needs name, isUp and publish. If the price only has to be read, define a protocol that plays priceSource.",
  });
}
