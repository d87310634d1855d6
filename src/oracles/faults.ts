/**
 * The ways in which oracles fail:
 *
 * - `silent`: publishes nothing;
 * - `frozen`: keeps publishing rounds, with the old price and fresh timestamps;
 * - `stale`: keeps opening rounds without an answer of their own: a new round id and `startedAt`, but the old answer with its
 *   old `updatedAt` and `answeredInRound`;
 * - `zero`, `negative`: publishes an answer that is not a price;
 * - `wrong`: publishes the price times a factor;
 * - `decimals`: changes its decimals for good, and scales its answers accordingly;
 * - `phase`: the proxy gets a new aggregator, whose rounds are counted from 1: its round ids jump by 2^64;
 * - `down`: the sequencer of a layer 2 stops. Its uptime feed says so, no price feed publishes, and only agents that may make
 *   any move can transact, through layer 1 (https://docs.chain.link/data-feeds/l2-sequencer-feeds).
 */
export const ORACLE_FAULT_KINDS = [
  "silent",
  "frozen",
  "stale",
  "zero",
  "negative",
  "wrong",
  "decimals",
  "phase",
  "down",
] as const;

/** The largest factor of a wrong price, parts per million: 1,000 times. */
export const MAX_FACTOR = 1_000_000_000;

/** The most decimals that a feed can have: those of feeds quoted in ether. */
export const MAX_DECIMALS = 18;

/** One of {@link ORACLE_FAULT_KINDS}. */
export type OracleFaultKind = (typeof ORACLE_FAULT_KINDS)[number];

/** A fault to inject into one oracle. */
export interface OracleFault {
  /** The feed's name. */
  readonly oracle: string;
  readonly fault: OracleFaultKind;
  /** How long it lasts. 1 for `decimals` and `phase`, which are permanent. */
  readonly blocks: number;
  /** Of `wrong`: the factor on the price, parts per million. */
  readonly factor?: number;
  /** For `decimals`: the new number of decimals. */
  readonly decimals?: number;
}

/** Whether a fault is a permanent event rather than a period. */
export function isLasting(fault: OracleFaultKind): boolean {
  return fault === "decimals" || fault === "phase";
}
