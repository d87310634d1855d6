import type { Address } from "viem";

import type { Action } from "./action.js";
import type { ContractCall } from "./call.js";
import type { InspectContext, ObserveContext } from "./contexts.js";
import type { LiquidatedIn } from "./liquidation.js";
import type { ChainValueOf, MissingOnChainOf } from "./on-chain.js";
import type { Approval, Preparation } from "./preparation.js";
import type { ReadPlan } from "./read-plan.js";
import type { PlayedRole } from "./roles/role.js";
import type { Token } from "./token.js";

import { requireDistinctRoles } from "./roles/role.js";

interface Valuation<View> {
  of(view: View, account: Address, price: (asset: string) => number): number;
}

interface Shortfall<View> {
  of(view: View, price: (asset: string) => number): number;
}

/**
 * A protocol's shortfall against everything it owes, US dollars at fair prices, never negative: bad debt of a lending
 * market, a deficit of a vault. Contagion is measured by it.
 */
export type ShortfallOf<View> = Shortfall<View>["of"];

/**
 * What an account owns in a protocol, net of its debt, in US dollars at fair prices.
 *
 * A method's type, which TypeScript compares bivariantly: a `Protocol<UniswapV2View>` has to be a `Protocol`, and any code
 * that holds one only passes it the views that it made itself.
 */
export type ValueOf<View> = Valuation<View>["of"];

/**
 * How a protocol is observed and acted on. Nothing in here speaks JSON-RPC: reads are plans, actions are calls.
 *
 * @typeParam Options - what a scenario's author may set
 * @typeParam Facts - what is gathered once, at the base state
 * @typeParam View - what is read in every block; it also carries what agents need to build calls
 */
export interface ProtocolDefinition<Options, Facts, View> {
  /** The adapter's name in errors and reports, for example `uniswapV2`. */
  readonly kind: string;
  /** Checks the options and throws `INVALID_OPTION`; called when the protocol is described, before there is any chain. */
  validate?(options: Options): void;
  /** Facts that do not change in a run. Throws `UNSUPPORTED_PROTOCOL` if the contract is not of this protocol. */
  inspect(context: InspectContext, address: Address, options: Options): Promise<Facts>;
  /** The tokens whose balances agents may need. */
  tokens?(facts: Facts): readonly Token[];
  /** The token whose supply is the ownership of the protocol: a pool's liquidity token. {@link Agent.owns} is a part of it. */
  ownership?(facts: Facts): Token;
  /** The protocol's contracts with their names in reports. */
  contracts?(facts: Facts): Readonly<Record<string, Address>>;
  /** Allowances that agents need to use it. */
  approvals?(facts: Facts): readonly Approval[];
  /** What has to be changed before it can be observed, in order: for example, placing a contract that reads it. */
  prepare?(facts: Facts): readonly Preparation[];
  /**
   * Calls that every agent makes before the siege starts, as a user of the protocol would: entering a market, delegating
   * its votes. A reverting one is ignored.
   */
  onboarding?(facts: Facts, self: Address): readonly ContractCall[];
  /** What to read in every block. */
  observe(facts: Facts, context: ObserveContext): ReadPlan<View>;
  /** The free moves that it offers. */
  actions?(facts: Facts): readonly Action<View>[];
  /**
   * Functions that are free moves as they stand, by their ABI: JSON items or signatures. What changes state is called, with
   * arguments that the search finds, as of the target's own functions.
   */
  functions?(facts: Facts): PlainAbi;
  /** Value held in it, for profit and solvency at fair prices. Token balances are counted elsewhere. */
  value?(facts: Facts): ValueOf<View>;
  /**
   * The same as numbers that the chain tells, for exports to other test frameworks. Default: it cannot be said so, and what is held in it
   * is not exported.
   */
  onChainValue?(facts: Facts): ChainValueOf<View>;
  /** Its shortfall against everything it owes. */
  shortfall?(facts: Facts): ShortfallOf<View>;
  /** The same as numbers that the chain tells, for exports to other test frameworks. Default: it cannot be said so. */
  onChainShortfall?(facts: Facts): MissingOnChainOf<View>;
  /** The collateral that liquidations take, by the events that they emit: the value liquidated in a risk run. */
  liquidated?(facts: Facts): LiquidatedIn<View>;
  /** What agents that do not know its kind can do with it: `[plays(venue, (view) => …)]`, each role once. */
  readonly roles?: readonly PlayedRole<NoInfer<View>>[];
}

/** An ABI as contract objects and artifacts have it: JSON items, or signatures. */
export type PlainAbi = readonly (object | string)[];

/** A protocol as a scenario names it: an adapter, an address and options. Made by a factory from `defineProtocol`. */
export interface Protocol<View = unknown> {
  readonly kind: string;
  readonly address: Address;
  readonly options: unknown;
  readonly definition: ProtocolDefinition<never, never, View>;
}

/** What `defineProtocol` returns: call it with an address to name a protocol in a scenario. */
export interface ProtocolFactory<Options, View> {
  (address: Address, ...options: undefined extends Options ? [options?: Options] : [options: Options]): Protocol<View>;
  readonly kind: string;
}

/**
 * Defines an adapter. The built-in ones use this very function.
 *
 * @throws SiegeError `INVALID_ROLE` if it plays a role twice, or two roles of one name
 * @example
 * ```ts
 * const stableSwap = defineProtocol({
 *   kind: "stableSwap",
 *   inspect: async ({ read }, address) => ({ address, coin: await read(coinPlan(address)) }),
 *   observe: ({ address }) => read({ address, abi, functionName: "get_virtual_price" }),
 * });
 * ```
 */
export function defineProtocol<Options, Facts, View>(
  definition: ProtocolDefinition<Options, Facts, View>,
): ProtocolFactory<Options, View> {
  requireDistinctRoles(`The protocol "${definition.kind}"`, definition.roles ?? [], new Map());
  const factory = (address: Address, options?: Options): Protocol<View> => {
    definition.validate?.(options as Options);
    return Object.freeze({
      kind: definition.kind,
      address,
      options,
      // the options and facts are private to the definition: any holder of a Protocol only passes them back to it
      definition: definition as unknown as ProtocolDefinition<never, never, View>,
    });
  };
  return Object.assign(factory, { kind: definition.kind });
}
