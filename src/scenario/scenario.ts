import type { Address } from "viem";

import type { Agent } from "../agents/agent.js";
import type { Condition } from "../conditions/condition.js";
import type { Process } from "../market/process.js";
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
  /** Base fee of every block, wei a gas. Default 20 gwei. */
  readonly baseFee: bigint;
}

/** Faults that the search may inject into the oracles. */
export interface OracleFaults {
  /** The longest silence of a feed, in blocks. Default 0: oracles are only as late as their model says. */
  readonly maxDelayBlocks: number;
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
  /** Price feeds that follow the fair prices. A feed's name in reports is its asset's. */
  readonly oracles?: readonly Protocol[];
  /** Faults of the feeds that the search may choose. */
  readonly oracleFaults?: OracleFaults;
  readonly agents: readonly Agent[];
  /** Survival conditions, all of which must hold after every block. At least one. */
  readonly conditions: readonly Condition[];
  /** Other accounts that matter, by name (depositors, borrowers): conditions judge them, reports name them. */
  readonly accounts?: Readonly<Record<string, Address>>;
  readonly gas?: GasModel;
}

/** A validated, immutable scenario with its defaults filled in. */
export interface Scenario {
  readonly name: string;
  readonly blocks: number;
  readonly blockTime: number;
  readonly assets: ReadonlyMap<string, AssetDefinition>;
  readonly protocols: ReadonlyMap<string, Protocol>;
  /** By the name of their asset. */
  readonly oracles: ReadonlyMap<string, Protocol>;
  readonly oracleFaults: OracleFaults;
  /** By name, in the order of the definition. */
  readonly agents: ReadonlyMap<string, Agent>;
  readonly conditions: readonly Condition[];
  readonly accounts: ReadonlyMap<string, Address>;
  readonly gas: GasModel;
  readonly nativeAsset: string | undefined;
}
