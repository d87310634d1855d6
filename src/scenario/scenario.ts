import type { Address } from "viem";

import type { Agent } from "../agents/agent.js";
import type { Condition } from "../conditions/condition.js";
import type { Process } from "../market/processes/process.js";
import type { OracleFaultKind } from "../oracles/faults.js";
import type { RecordedTransaction } from "../order-flow/recorded.js";
import type { Protocol } from "../protocols/protocol.js";

/** Something with a fair price. */
export interface AssetDefinition {
  /**
   * Fair price at the start, US dollars a whole unit. Without it, the price that the asset's oracle last published.
   */
  readonly price?: number;
  /** The ERC-20 that stands for it one to one (WETH for ETH). */
  readonly token?: Address;
  /** How the price moves. Without it, the price stands still. */
  readonly process?: Process;
  /** Whether this asset is the chain's native coin (gas is paid in it). Default: the asset named `ETH`. */
  readonly native?: boolean;
}

/** What gas costs during a run. */
export interface GasModel {
  /** Base fee of the first block, wei a gas. Default 20 gwei. */
  readonly baseFee: bigint;
  /** Gas that a block holds. Default, and at most: what the chain's blocks hold. */
  readonly gasLimit?: bigint;
  /**
   * How much block space everybody else wants, as a process that starts at what fills a block to its target: after
   * `shock` of a rise of 1900 % it is twenty times as much. The base fee follows by EIP-1559, and who bids less than
   * others is crowded out. Without it the base fee stands still, and there is room for all.
   */
  readonly demand?: Process;
}

/** How transactions reach the builder. */
export interface MempoolModel {
  /** Blocks that a public transaction takes before it can be included, 0 to 100. Default 0. */
  readonly delay: number;
}

/** What an adversarial builder can do; when and to whom is for the search to choose. Default: nothing. */
export interface BuilderPowers {
  /** For how many blocks at most it keeps somebody's transactions, or a feed's rounds, out. Default 0. */
  readonly censors: number;
  /** Whether it puts somebody's transactions before or behind all others. Default false. */
  readonly reorders: boolean;
  /** How many blocks at most it replaces, once in a run. Default 0. */
  readonly reorganises: number;
}

/** A kind of fault with its parameters. */
export type OracleFaultOptions =
  | {
      readonly kind: Exclude<OracleFaultKind, "wrong" | "decimals" | "phase">;
      /**
       * How long it lasts at most, in blocks. Default: 3,600 seconds, the heartbeat of ETH/USD on mainnet
       * (https://docs.chain.link/data-feeds); of `down` 4,680 seconds, as Arbitrum One on 15 December 2023.
       */
      readonly maxBlocks?: number;
    }
  | {
      readonly kind: "wrong";
      /** Default 1: one wrong round. */
      readonly maxBlocks?: number;
      /**
       * The least that the price is multiplied with, 0.001 to 1. Default 0.1, a slip of one decimal. (The won was published
       * at 1,000 times its price on 25 June 2019, https://blog.synthetix.io/response-to-oracle-incident/.)
       */
      readonly minFactor?: number;
      /** The most, 1 to 1,000. Default 10. */
      readonly maxFactor?: number;
    }
  | {
      readonly kind: "decimals";
      /** What the decimals may become. Default 8 and 18, those of Chainlink's feeds in dollars and in ether. */
      readonly to?: readonly number[];
    }
  | { readonly kind: "phase" };

/** Faults that the search may inject into the oracles. */
export interface OracleFaults {
  /**
   * The longest silence of a feed, in blocks. Default 0: oracles are only as late as their model says. More than 0 adds
   * the kind `silent`.
   */
  readonly maxDelayBlocks?: number;
  /**
   * What else may happen to them. By name with the defaults, or with parameters: `["zero", { kind: "wrong", maxFactor: 2 }]`.
   * A feed that is suspended is `silent`: that of LUNA stood at $0.107 in May 2022 while the market was at $0.01, which cost
   * Venus 11.2 million dollars (https://cryptonews.com.au/news/defi-protocols-report-significant-losses-amid-luna-price-exploit-94780/).
   * One whose price is beyond its `minAnswer` or `maxAnswer` is `frozen`.
   */
  readonly kinds?: readonly (OracleFaultKind | OracleFaultOptions)[];
  /** The oracles that may fail, by name. Default: all. */
  readonly oracles?: readonly string[];
}

/** A kind of fault as the search draws it. */
export interface OracleFaultRange {
  readonly kind: OracleFaultKind;
  /** Where it may happen: names of oracles. */
  readonly oracles: readonly string[];
  readonly maxBlocks: number;
  /** Of `wrong`: least and most, parts per million. */
  readonly factors?: readonly [number, number];
  /** Of `decimals`. */
  readonly to?: readonly number[];
}

/** What a user writes. */
export interface ScenarioDefinition {
  /** Its name in reports: "flash crash, oracle 3 blocks late". */
  readonly name: string;
  /** The horizon: how many blocks a run has, 1 to 10,000. */
  readonly blocks: number;
  /** Seconds between blocks, 1 to 86,400. Default 12. */
  readonly blockTime?: number;
  /** What has a price, by name. */
  readonly assets: Readonly<Record<string, AssetDefinition>>;
  /** What the agents trade on, by name. */
  readonly protocols?: Readonly<Record<string, Protocol>>;
  /**
   * Price feeds that follow the fair prices, and uptime feeds of sequencers. A price feed's name is its asset's, unless it has
   * one of its own.
   */
  readonly oracles?: readonly Protocol[];
  /** Faults of the feeds that the search may choose. */
  readonly oracleFaults?: OracleFaults;
  readonly agents: readonly Agent[];
  /** Survival conditions, all of which must hold after every block. At least one. */
  readonly conditions: readonly Condition[];
  /** Other accounts that matter, by name (depositors, borrowers): conditions judge them, reports name them. */
  readonly accounts?: Readonly<Record<string, Address>>;
  readonly gas?: Partial<GasModel>;
  readonly mempool?: Partial<MempoolModel>;
  readonly builder?: Partial<BuilderPowers>;
  /**
   * Transactions that others really sent, block by block (`orderFlowOf` of `hardhat-siege/market`), on a fork of the block
   * before theirs. The agents' calls stand between them by what they pay; they take room in the block; and what has
   * a different outcome because of the agents is reported. Such a scenario is searched with one transaction a call. Their senders have
   * 1,000 ether more than they had: the order of a block is one of fees here, and they may have to pay more than they did.
   */
  readonly orderFlow?: readonly (readonly RecordedTransaction[])[];
}

/** A validated, immutable scenario with its defaults filled in. */
export interface Scenario {
  readonly name: string;
  readonly blocks: number;
  readonly blockTime: number;
  readonly assets: ReadonlyMap<string, AssetDefinition>;
  readonly protocols: ReadonlyMap<string, Protocol>;
  /** Price feeds, by name. */
  readonly oracles: ReadonlyMap<string, Protocol>;
  /** Uptime feeds, by name. */
  readonly sequencers: ReadonlyMap<string, Protocol>;
  readonly oracleFaults: readonly OracleFaultRange[];
  /** By name, in the order of the definition. */
  readonly agents: ReadonlyMap<string, Agent>;
  readonly conditions: readonly Condition[];
  readonly accounts: ReadonlyMap<string, Address>;
  readonly gas: GasModel;
  readonly mempool: MempoolModel;
  readonly builder: BuilderPowers;
  /** Empty where nobody else is there. */
  readonly orderFlow: readonly (readonly RecordedTransaction[])[];
  readonly nativeAsset: string | undefined;
}
