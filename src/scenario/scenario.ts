import type { Address } from "viem";

import type { Agent } from "../agents/agent.js";
import type { Condition } from "../conditions/condition.js";
import type { Correlation } from "../market/correlation.js";
import type { Process } from "../market/processes/process.js";
import type { OracleFaultKind } from "../oracles/faults.js";
import type { Oracle } from "../oracles/oracle.js";
import type { RecordedTransaction } from "../order-flow/recorded.js";
import type { ContractCall } from "../protocols/call.js";
import type { Protocol } from "../protocols/protocol.js";
import type { Quote } from "../quantity/quote.js";
import type { Target } from "../target/target.js";
import type { ScenarioEvent } from "./event.js";
import type { Objective } from "./parameters/objective.js";
import type { ParameterOf, ParameterSetterOf, ParameterValues, SetterOf } from "./parameters/setter.js";
import type { BuiltShock, Shock } from "./shock.js";

/** An asset with a fair price. */
export interface AssetDefinition {
  /**
   * Fair price at the start, US dollars per whole unit; of a volatility, 0.8 for 80 % a year. Default: the price that the
   * asset's oracle last published.
   */
  readonly price?: number;
  /**
   * What its price is. `"volatility"`: an annual implied volatility, which contracts read; `"level"`: a multiple of what is there
   * at the start (`price` is 1), such as the depth of a pool, which agents follow. Both move, are published and shrink like any
   * price, but have no token, and are nobody's wealth. Default `"USD"`.
   */
  readonly quote?: Quote;
  /** The ERC-20 that stands for it one to one (WETH for ETH). */
  readonly token?: Address;
  /** How the price moves. Default: it stays constant. */
  readonly process?: Process;
  /** Whether this asset is the chain's native coin, in which gas is paid. Default: the asset named `ETH`. */
  readonly native?: boolean;
}

/** What gas costs during a run. */
export interface GasModel {
  /** Base fee of the first block, wei per unit of gas. Default 20 gwei. */
  readonly baseFee: bigint;
  /** Gas limit of a block. Default, and maximum: that of the chain's blocks. */
  readonly gasLimit?: bigint;
  /**
   * Everyone else's demand for block space, as a process that starts at the level that fills each block to its target:
   * after a rise of 1900 % it is twenty times as much. The base fee follows EIP-1559, and anyone bidding less than
   * others is crowded out. Without it, the base fee stays constant and there is room for every transaction.
   */
  readonly demand?: Process;
}

/** How transactions reach the builder. */
export interface MempoolModel {
  /** Blocks that a public transaction waits before it can be included, 0 to 100. Default 0. */
  readonly delay: number;
}

/** The powers of an adversarial builder; the search chooses when to use them and against whom. Default: none. */
export interface BuilderPowers {
  /** The most blocks for which it censors an agent's transactions or a feed's rounds. Default 0. */
  readonly censors: number;
  /** Whether it moves an agent's transactions before or after all others. Default false. */
  readonly reorders: boolean;
  /** The most blocks that it replaces, once per run. Default 0. */
  readonly reorganises: number;
}

/** A kind of oracle fault with its parameters. */
export type OracleFaultOptions =
  | {
      readonly kind: Exclude<OracleFaultKind, "wrong" | "decimals" | "phase">;
      /**
       * The longest duration, in blocks. Default: 3,600 seconds, the heartbeat of ETH/USD on mainnet
       * (https://docs.chain.link/data-feeds); for `down` 4,680 seconds, as on Arbitrum One on 15 December 2023.
       */
      readonly maxBlocks?: number;
    }
  | {
      readonly kind: "wrong";
      /** Default 1: one wrong round. */
      readonly maxBlocks?: number;
      /**
       * The smallest factor on the price, 0.001 to 1. Default 0.1, a slip of one decimal place. (The won was published
       * at 1,000 times its price on 25 June 2019, https://blog.synthetix.io/response-to-oracle-incident/.)
       */
      readonly minFactor?: number;
      /** The largest factor, 1 to 1,000. Default 10. */
      readonly maxFactor?: number;
    }
  | {
      readonly kind: "decimals";
      /** Values that the decimals may change to. Default 8 and 18, those of Chainlink's feeds in US dollars and in ether. */
      readonly to?: readonly number[];
    }
  | { readonly kind: "phase" };

/** Faults that the search may inject into the oracles. */
export interface OracleFaults {
  /**
   * The longest silence of a feed, in blocks. Default 0: oracles are only as late as their model says. A value above 0 adds
   * the kind `silent`.
   */
  readonly maxDelayBlocks?: number;
  /**
   * Other faults, by name with the defaults, or with parameters: `["zero", { kind: "wrong", maxFactor: 2 }]`.
   * A suspended feed is `silent`: LUNA's stood at $0.107 in May 2022 while the market was at $0.01, which cost
   * Venus $11.2 million (https://cryptonews.com.au/news/defi-protocols-report-significant-losses-amid-luna-price-exploit-94780/).
   */
  readonly kinds?: readonly (OracleFaultKind | OracleFaultOptions)[];
  /** The oracles that may fail, by name. Default: all. */
  readonly oracles?: readonly string[];
}

/** A kind of fault as the search samples it. */
export interface OracleFaultRange {
  readonly kind: OracleFaultKind;
  /** The oracles it may happen to, by name. */
  readonly oracles: readonly string[];
  readonly maxBlocks: number;
  /** For `wrong`: least and greatest factor, parts per million. */
  readonly factors?: readonly [number, number];
  /** For `decimals`. */
  readonly to?: readonly number[];
}

/** Blocks that come at random times. */
export interface BlockTimeModel {
  /** The mean number of seconds between blocks: whole, 1 to 86,400. */
  readonly mean: number;
  /**
   * `exponential`: a block is as likely to come in the next second however long ago the last one was, as with proof of work. In
   * whole seconds, of which every block takes at least one, these times are geometric with the same mean.
   */
  readonly distribution: "exponential";
}

/** Stretches of time in which nobody acts. */
export interface PauseModel {
  /** The most in a run, 0 to 10; 0 for none. Default 2; 0 with recorded order flow and in presets. */
  readonly most: number;
  /** The shortest and the longest, seconds: up to 31,536,000, a year. Default an hour and 30 days. */
  readonly seconds: readonly [least: number, most: number];
  /**
   * Whether somebody watches the protocol in a pause. A violation then does not count if anybody could have prevented it with one
   * call at the beginning of a pause, and at a profit. Default true.
   */
  readonly watched: boolean;
}

/** A contract under siege besides the target. */
export interface FurtherTarget {
  /** `undefined`: that of its artifact. */
  readonly name: string | undefined;
  readonly contract: Target;
}

/** A scenario as the user writes it. */
export interface ScenarioDefinition {
  /** Its name in reports: "flash crash, oracle 3 blocks late". */
  readonly name: string;
  /** The horizon: how many blocks a run has, 1 to 10,000. */
  readonly blocks: number;
  /** Seconds between blocks, 1 to 86,400, or how they are distributed. Default 12. */
  readonly blockTime?: number | BlockTimeModel;
  /**
   * Stretches of time in which nobody acts: in a third of the runs, the search lets some pass, so that a lock, an auction, a
   * vesting or a vote ends within a few blocks. Prices stand still meanwhile, and the feeds keep to their heartbeats.
   */
  readonly pauses?: Partial<PauseModel>;
  /** The assets, by name. */
  readonly assets: Readonly<Record<string, AssetDefinition>>;
  /**
   * How the moves of the assets' prices are correlated, from -1 to 1, each pair once: `{ ETH: { BTC: 0.8 } }`. Pairs that are not
   * given are independent. It is the correlation of the diffusions, block by block; jumps and changes of volatility stay each
   * asset's own. The matrix must be positive definite.
   */
  readonly correlations?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The protocols that the agents trade on, by name. */
  readonly protocols?: Readonly<Record<string, Protocol>>;
  /**
   * Further contracts of the protocol under siege, such as its router: a list, in which each is called by its artifact's name or
   * its own `name`, or a record that names them. Whatever may be passed as the target may stand here. All of their
   * state-changing functions are moves (`router.deposit`), and agents have approved them for their assets.
   */
  readonly targets?: readonly Target[] | Readonly<Record<string, Target>>;
  /**
   * Price feeds that follow the fair prices, and sequencer uptime feeds. A price feed is named after its asset, unless it has
   * a name of its own.
   */
  readonly oracles?: readonly Oracle[];
  /** Feed faults that the search may choose. */
  readonly oracleFaults?: OracleFaults;
  readonly agents: readonly Agent[];
  /** Survival conditions, all of which must hold after every block. At least one. */
  readonly conditions: readonly Condition[];
  /** Other accounts that matter, by name (depositors, borrowers): conditions judge them and reports name them. */
  readonly accounts?: Readonly<Record<string, Address>>;
  readonly gas?: Partial<GasModel>;
  readonly mempool?: Partial<MempoolModel>;
  readonly builder?: Partial<BuilderPowers>;
  /** Kinds of events that the search may bring into a run besides the built-in ones, made with `defineEvent`. */
  readonly events?: readonly ScenarioEvent[];
  /**
   * Transactions that others really sent, block by block (`orderFlowOf` of `hardhat-siege/market`), on a fork of the block
   * before theirs. The agents' calls are placed among them by what they pay; they take up room in the block; and those whose
   * outcome changes because of the agents are reported. Such a scenario is searched with one transaction per call. Senders
   * get an extra 1,000 ether: these blocks are ordered by fee, so they may have to pay more than they did.
   */
  readonly orderFlow?: readonly (readonly RecordedTransaction[])[];
  /**
   * Quantities of the scenario, or of a protocol's own configuration, that a run may set, by name, made with `parameter`. Nothing
   * is set unless a run asks for it: `siege.run(vault, scenario, { parameters: { ltv: 0.8 } })`.
   */
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** What `siege.tune` makes large or small, by name, made with `objective`. Nothing else measures them. */
  readonly objectives?: Readonly<Record<string, Objective>>;
  /** How protocols fail, by their names, made with `shock`. Nobody plays them but `siege.contagion`. */
  readonly shocks?: Readonly<Record<string, Shock>>;
}

/** A function that says what of a scenario is different at a value of a parameter. */
export type ScenarioSetter = SetterOf<ScenarioDefinition>;

/** How a parameter is set. */
export type ParameterSetter = ParameterSetterOf<ScenarioDefinition>;

/** A quantity of a scenario, or of a protocol's own configuration, that a run of the tool may set. Made by `parameter`. */
export type Parameter = Readonly<ParameterOf<ScenarioDefinition>>;

/** A parameter and the value that a campaign sets it to. */
export interface Setting {
  readonly name: string;
  readonly value: number;
  readonly parameter: Parameter;
  /** What is done in place of the parameter's own calls, such as the steps of a vote. */
  readonly sequence?: readonly TimedCall[];
}

/** Time that passes before a scenario begins, and a call after it. */
export interface TimedCall {
  /** Empty blocks before the call's block. */
  readonly after: number;
  /** Seconds between these blocks, and before the call's. */
  readonly interval: number;
  /** Absent: only time passes. */
  readonly made?: { readonly as: Address; readonly call: ContractCall };
}

/** A validated, immutable scenario with its defaults filled in. */
export interface Scenario {
  readonly name: string;
  readonly blocks: number;
  /** Seconds between blocks; where they are drawn, their mean. */
  readonly blockTime: number;
  /** Whether they are the same or drawn. */
  readonly intervals: "fixed" | BlockTimeModel["distribution"];
  readonly pauses: PauseModel;
  readonly assets: ReadonlyMap<string, AssetDefinition>;
  /** `undefined`: all prices move independently. */
  readonly correlation: Correlation | undefined;
  readonly protocols: ReadonlyMap<string, Protocol>;
  /** Further contracts under siege; empty once they have been looked up, which makes them protocols. */
  readonly targets: readonly FurtherTarget[];
  /** Price feeds, by name. */
  readonly oracles: ReadonlyMap<string, Oracle>;
  /** Uptime feeds, by name. */
  readonly sequencers: ReadonlyMap<string, Oracle>;
  readonly oracleFaults: readonly OracleFaultRange[];
  /** By name, in the order of the definition. */
  readonly agents: ReadonlyMap<string, Agent>;
  readonly conditions: readonly Condition[];
  readonly accounts: ReadonlyMap<string, Address>;
  readonly gas: GasModel;
  readonly mempool: MempoolModel;
  readonly builder: BuilderPowers;
  /** Its own kinds of events. */
  readonly events: readonly ScenarioEvent[];
  /** Empty without recorded order flow. */
  readonly orderFlow: readonly (readonly RecordedTransaction[])[];
  readonly nativeAsset: string | undefined;
  /** Quantities that runs may set, by name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** What a tuning makes large or small, by name. */
  readonly objectives: ReadonlyMap<string, Objective>;
  /** How protocols fail, by their names. */
  readonly shocks: ReadonlyMap<string, BuiltShock>;
  /** Those that are set, in their order; empty unless a run asks for it. */
  readonly settings: readonly Setting[];
  /**
   * The scenario as it was written, with parameters set to these values and no others.
   *
   * @throws SiegeError `UNKNOWN_PARAMETER`, `INVALID_OPTION`, `INVALID_SCENARIO`, `PARAMETER_FAILED`
   */
  readonly at: (values: ParameterValues) => Scenario;
}
