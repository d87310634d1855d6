/** All kinds of series. */
export const SERIES_KINDS = [
  "price",
  "feed",
  "quote",
  "depth",
  "health",
  "margin",
  "shortfall",
  "share",
  "profit",
  "balance",
] as const;

/**
 * What a line of a time line tells:
 *
 * - `price`: the fair price of an asset;
 * - `feed`: the price that a feed shows;
 * - `quote`: the price that a pool, a market or another source has;
 * - `depth`: what a venue pays for an asset before its price is two percent lower;
 * - `health`: how far a position is from liquidation; below 1 it can be liquidated;
 * - `margin`: how far a condition is from broken; 0 where it breaks;
 * - `shortfall`: what a protocol is short of;
 * - `share`: what a share of a vault is worth;
 * - `profit`: what an account has won or lost since the start, apart from what the market did to what it held;
 * - `balance`: what an account has of a token.
 */
export type SeriesKind = (typeof SERIES_KINDS)[number];

/** A quantity from frame to frame. */
export interface Series {
  readonly kind: SeriesKind;
  /** Whose or what: `ETH`, `ETH feed`, `alice in lending`. */
  readonly of: string;
  /** The asset that a price is of; the token of a balance. */
  readonly asset?: string;
  /** `USD`, `times`, `percent`, or the symbol of a token, in whole units. */
  readonly unit: string;
  /** One for each frame, with eight significant digits; `null` where there is none. */
  readonly values: readonly (number | null)[];
}

/** A call, decoded. */
export interface ToldCall {
  /** How many calls it is inside of. */
  readonly depth: number;
  /** `LendingPool.liquidationCall(WETH, USDC, alice, 410 USDC, false)` */
  readonly text: string;
  /** What it returned or why it reverted, if that is known. */
  readonly answer?: string;
  readonly reverted?: true;
  readonly gasUsed: number;
}

/** A movement of tokens. */
export interface ToldTransfer {
  readonly from: string;
  readonly to: string;
  /** `410 USDC` */
  readonly amount: string;
}

/**
 * A moment of a run, after one event: a step, a round of a feed, a recorded transaction, or the end of a block in which nothing
 * happened. The first is the start.
 */
export interface Frame {
  /** 0 at the start. */
  readonly block: number;
  /** Since the start. */
  readonly seconds: number;
  readonly kind: "start" | "step" | "round" | "transaction" | "block";
  /** The index of the step. */
  readonly step?: number;
  /** Who sent the transaction, if it is no step: `ETH feed`. */
  readonly actor?: string;
  /** The calls of its transaction, outermost first. */
  readonly calls?: readonly ToldCall[];
  /** How many calls are not listed; absent if all are. */
  readonly more?: number;
  readonly transfers?: readonly ToldTransfer[];
}

/** A confirmed minimal run from event to event, with what it changed. Plain data of limited size. */
export interface Timeline {
  readonly frames: readonly Frame[];
  readonly series: readonly Series[];
}
