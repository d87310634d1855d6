import type { Address } from "viem";

import type { FlowEvent } from "./flow-event.js";

/** What a data set of order flow says it is. */
export const FLOW_FORMAT = "hardhat-siege-flow";

/** The version of its format. Fields may be added without a new one. */
export const FLOW_VERSION = 1;

/** A token of a data set. */
export interface FlowToken {
  readonly symbol: string;
  readonly decimals: number;
  /** What it stands for, by the name that oracles' rounds have: `ETH` for WETH. */
  readonly asset?: string;
}

/** A pool of two tokens. */
export interface FlowPool {
  readonly kind: "uniswapV2" | "uniswapV3";
  readonly address: Address;
  readonly tokens: readonly [Address, Address];
  /** The token in which the other one is priced. */
  readonly quote: Address;
}

/** A lending market: the pool of Aave V3, a cToken of Compound V2, a market of Morpho Blue. */
export interface FlowLending {
  readonly kind: "aaveV3" | "compoundV2" | "morphoBlue";
  readonly address: Address;
  /** The market of Morpho Blue. */
  readonly id?: `0x${string}`;
  /** What is lent: the token under a cToken, or the loan token of Morpho Blue. */
  readonly token?: Address;
  /** The collateral token of Morpho Blue. */
  readonly collateral?: Address;
}

/** An aggregator of Chainlink. */
export interface FlowFeed {
  readonly kind: "chainlink";
  /** The aggregator, which emits the rounds; not its proxy. */
  readonly address: Address;
  /** The asset that it prices, in US dollars. */
  readonly asset: string;
  /** Of its answers. */
  readonly decimals: number;
}

/** A contract whose events are in a data set. */
export type FlowContract = FlowPool | FlowLending | FlowFeed;

/** What became of the logs that a data set was made from. */
export interface FlowCounts {
  /** Logs that were read. */
  readonly logs: number;
  /** Logs that came a second time. */
  readonly duplicates: number;
  /** Logs that a reorganisation took back. */
  readonly removed: number;
  /** Logs that came after one of a later place. They were sorted. */
  readonly outOfOrder: number;
  /** Logs of contracts, or of markets of a contract, that the sources do not name. */
  readonly unknown: number;
  /** Logs of named contracts that are no order flow, such as transfers of a pool's shares. */
  readonly others: number;
  /** Logs of blocks beyond the range. */
  readonly outside: number;
}

/** A range of blocks, both included. */
export type BlockRange = readonly [from: number, to: number];

/** Order flow of a range of blocks: what accounts did at some contracts. Plain data. */
export interface FlowDataSet {
  readonly format: "hardhat-siege-flow";
  readonly version: 1;
  readonly chainId: number;
  /** The first and the last block. */
  readonly blocks: BlockRange;
  /** Unix seconds of the block before the first and of the last. */
  readonly times: readonly [start: number, end: number];
  /** Ranges of blocks in between that were not read, in order. */
  readonly missing: readonly BlockRange[];
  /** By address, in lower case. */
  readonly tokens: Readonly<Record<string, FlowToken>>;
  /** By name. */
  readonly contracts: Readonly<Record<string, FlowContract>>;
  readonly counts: FlowCounts;
  /** In the chain's order. */
  readonly events: readonly FlowEvent[];
}

/** What a file holds: a data set and the SHA-256 of the rest of its text. */
export type FlowFile = FlowDataSet & {
  /** SHA-256 of the document without this field, in hexadecimal digits. */
  readonly sha256: string;
};
