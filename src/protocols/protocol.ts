import type { Address, Hex } from "viem";

import type { ContractCall } from "./call.js";
import type { FlashLender } from "./roles/flash-lender.js";
import type { LendingMarket } from "./roles/lending-market.js";
import type { MarginMarket } from "./roles/margin-market.js";
import type { OracleFault, OracleFaultKind } from "../oracles/faults.js";
import type { PriceSource } from "./roles/price-source.js";
import type { Venue } from "./roles/venue.js";
import type { ReadPlan } from "./read-plan.js";

/** An ERC-20 token as the scenario knows it. */
export interface Token {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** The scenario's asset that this token is a claim on, if any: its fair price applies one to one. */
  readonly asset: string | undefined;
}

/** What an adapter may use to find out the facts that do not change during a run. */
export interface InspectContext {
  /** One batched read at the base state. */
  readonly read: <T>(plan: ReadPlan<T>) => Promise<T>;
  /** A token's symbol, decimals and asset; asks the chain once an address. */
  readonly token: (address: Address) => Promise<Token>;
  /** Whether there is code at an address. */
  readonly hasCode: (address: Address) => Promise<boolean>;
  /** The tokens that stand for the scenario's assets: what agents can own at the start. */
  readonly assetTokens: readonly Token[];
  /** The scenario's accounts by name: agents, target, and those the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  readonly target: { readonly name: string; readonly address: Address };
  /** Of an oracle: the faults that the search may inject into it. Default none. */
  readonly faults?: readonly OracleFaultKind[];
}

/** What `observe` may use besides the facts. */
export interface ObserveContext {
  /** All accounts that a run may concern, by name. */
  readonly accounts: ReadonlyMap<string, Address>;
}

/** A token allowance that every agent gives before the siege starts, as a real user of the protocol would. */
export interface Approval {
  readonly token: Address;
  readonly spender: Address;
}

/** Who makes a free move, and with what it may work. */
export interface ActionContext<View> {
  readonly view: View;
  readonly self: Address;
  /** `self`'s balance of a token, in base units; 0 for a token that no protocol or asset names. */
  readonly balance: (token: Address, account?: Address) => bigint;
  /** Accounts by name: agents, target, and those the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  /** Contracts of the protocols by name: `pool`, `pool router`. */
  readonly contracts: ReadonlyMap<string, Address>;
}

/**
 * Something an agent can do with a protocol, as the search sees it: a few operands, each a fraction
 * from 0 to 1,000,000 (parts per million) that `build` resolves against the state of that moment.
 */
export interface Action<View> {
  /** Unique within the protocol; the scenario prefixes it with the protocol's name: `pool.swap`. */
  readonly name: string;
  /** How many operands `build` takes. */
  readonly operands: number;
  /** Whether an ordinary user of the protocol does this; retail agents only draw from these. */
  readonly ordinary: boolean;
  /** The call, or `undefined` where the move makes no sense now (nothing to sell, say). */
  build(operands: readonly number[], context: ActionContext<View>): ContractCall | undefined;
}

/** How a price feed follows the fair price. */
export interface OracleModel {
  /** The scenario's asset whose fair price it publishes. */
  readonly asset: string;
  /** The feed's name; default: the asset's. An asset with several feeds has one without a name at most. */
  readonly name?: string;
  /** A published price is the fair price of that many blocks ago. */
  readonly latencyBlocks: number;
  /** Publishes when the price moved by at least this fraction since the last round (0.005 = 0.5 %). */
  readonly deviation: number;
  /** Publishes at the latest after this many seconds. */
  readonly heartbeat: number;
}

/**
 * A change of the chain that no transaction makes, as part of the state before the siege:
 *
 * - `code`: the account has this code;
 * - `copy`: the account has the code that another one has now;
 * - `fund`: the account has at least that much native coin, wei.
 */
export type Preparation =
  | { readonly kind: "code"; readonly account: Address; readonly code: Hex }
  | { readonly kind: "copy"; readonly account: Address; readonly from: Address }
  | { readonly kind: "fund"; readonly account: Address; readonly wei: bigint };

/** A round that an oracle publishes: the calls that do it, and from whom they come. */
export interface Publication {
  readonly from: Address;
  readonly call: ContractCall;
}

interface Valuation<View> {
  of(view: View, account: Address, price: (asset: string) => number): number;
}

interface Shortfall<View> {
  of(view: View, price: (asset: string) => number): number;
}

/**
 * What a protocol lacks to pay everybody whom it owes, US dollars at fair prices, never negative: bad debt of a lending
 * market, a deficit of a vault. What contagion is measured by.
 */
export type ShortfallOf<View> = Shortfall<View>["of"];

interface Roles<View> {
  venue(view: View): Venue;
  lendingMarket(view: View): LendingMarket;
  marginMarket(view: View): MarginMarket;
  flashLenders(view: View): readonly FlashLender[];
  priceSource(view: View): PriceSource;
}

/**
 * What an account owns inside a protocol, net of what it owes, in US dollars at fair prices.
 *
 * A method's type, which TypeScript compares both ways: a `Protocol<UniswapV2View>` has to be a `Protocol`, and whoever
 * holds one only hands it the views that it made itself.
 */
export type ValueOf<View> = Valuation<View>["of"];

/**
 * How a protocol is observed and acted on. Nothing in here speaks JSON-RPC: reads are plans, actions are calls.
 *
 * @typeParam Options - what a scenario's author may set
 * @typeParam Facts - what is found out once, at the base state
 * @typeParam View - what is read in every block; also carries what agents need to build calls
 */
export interface ProtocolDefinition<Options, Facts, View> {
  /** The adapter's name in errors and reports, for example `uniswapV2`. */
  readonly kind: string;
  /** Checks the options and throws `INVALID_OPTION`; called when the protocol is described, before any chain is there. */
  validate?(options: Options): void;
  /** Facts that do not change in a run. Throws `UNSUPPORTED_PROTOCOL` if the contract is not what it should be. */
  inspect(context: InspectContext, address: Address, options: Options): Promise<Facts>;
  /** The tokens whose balances agents may need. */
  tokens?(facts: Facts): readonly Token[];
  /** The token whose supply is the ownership of the protocol: a pool's liquidity. What {@link Agent.owns} is a part of. */
  ownership?(facts: Facts): Token;
  /** Contracts of the protocol with the names they have in reports. */
  contracts?(facts: Facts): Readonly<Record<string, Address>>;
  /** Allowances that agents need to use it. */
  approvals?(facts: Facts): readonly Approval[];
  /** What has to be changed before it can be observed, in order: a contract of ours that reads it, say. */
  prepare?(facts: Facts): readonly Preparation[];
  /**
   * Calls that every agent makes before the siege starts, as a user of the protocol would: entering a market, delegating
   * its votes. One that reverts is ignored.
   */
  onboarding?(facts: Facts, self: Address): readonly ContractCall[];
  /** What to read in every block. */
  observe(facts: Facts, context: ObserveContext): ReadPlan<View>;
  /** What free moves can do with it. */
  actions?(facts: Facts): readonly Action<View>[];
  /** Value held in it, for profit and solvency at fair prices. Token balances are counted elsewhere. */
  value?(facts: Facts): ValueOf<View>;
  /** What it lacks to pay everybody. */
  shortfall?(facts: Facts): ShortfallOf<View>;
  /** What every agent can do with it without knowing its kind. */
  readonly roles?: {
    /** A place to swap. */
    readonly venue?: Roles<View>["venue"];
    /** A market whose borrowers can be liquidated. */
    readonly lendingMarket?: Roles<View>["lendingMarket"];
    /** A market in leveraged positions. */
    readonly marginMarket?: Roles<View>["marginMarket"];
    /** Loans for the length of a transaction. */
    readonly flashLenders?: Roles<View>["flashLenders"];
    /** A price that contracts read, right or wrong. */
    readonly priceSource?: Roles<View>["priceSource"];
  };
  /** Makes the protocol a price feed. */
  readonly oracle?: {
    model(options: Options): OracleModel;
    /** What has to be changed before it can publish, in order. */
    prepare?(facts: Facts): readonly Preparation[];
    /** The calls that publish `price` (US dollars a whole unit). */
    publish(facts: Facts, view: View, price: number): Publication;
    /** The price it last published, US dollars. */
    price(view: View): number;
    /**
     * The faults that it can be made to have. `silent` and `frozen` need nothing of it; for `zero`, `negative` and `wrong` it
     * has to publish such a price.
     */
    readonly faults?: readonly OracleFaultKind[];
    /** The calls by which a `stale`, `decimals` or `phase` fault happens; `price` is what it says with it. */
    fault?(facts: Facts, view: View, fault: OracleFault, price: number): readonly Publication[];
    /** Whether a round arrived between two observations. Without it, only the price is compared. */
    advanced?(before: View, after: View): boolean;
  };
  /** Makes the protocol a feed that says whether the sequencer of a layer 2 is up. */
  readonly sequencer?: {
    /** Its name; the faults of the scenario are about it. */
    name(options: Options): string;
    /** What has to be changed before it can publish, in order. */
    prepare?(facts: Facts): readonly Preparation[];
    /** The call that publishes a change. */
    publish(facts: Facts, view: View, status: "up" | "down"): Publication;
    isUp(view: View): boolean;
  };
}

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
 * Defines an adapter. The built-in ones are made with exactly this function.
 *
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
  const factory = (address: Address, options?: Options): Protocol<View> => {
    definition.validate?.(options as Options);
    return Object.freeze({
      kind: definition.kind,
      address,
      options,
      // the options and facts are private to the definition: whoever holds a Protocol only passes them back to it
      definition: definition as unknown as ProtocolDefinition<never, never, View>,
    });
  };
  return Object.assign(factory, { kind: definition.kind });
}
