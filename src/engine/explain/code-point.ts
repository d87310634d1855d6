/**
 * A place in the code that a failure runs through and its nearest survivors mostly do not: where a condition on the market meets
 * the code. Plain data, in results and in reproduction files.
 */
export interface CodePoint {
  /** The contract in which it is written, or the called one if there is no source. */
  readonly contract: string;
  /** Relative to the project's root; absent if there is no source. */
  readonly file?: string;
  /** Counted from 1; absent if there is no source. */
  readonly line?: number;
  /** Counted from 1; absent if there is no source. */
  readonly column?: number;
  /** Where the statement ends; absent if there is no source. */
  readonly endLine?: number;
  readonly function: string;
  /** Ochiai's coefficient over the failing run and its nearest survivors, 0 to 1: 1 if no survivor executes it. */
  readonly score: number;
  /** How many of the nearest survivors execute it, and how many of them there are. */
  readonly survivors?: { readonly executing: number; readonly of: number };
  /** The condition on the market or the chain without which it behaves otherwise: `ETH falls 34.8 % (34.7 % survives)`; absent if there is none. */
  readonly opens?: string;
  /** The source of its first line; absent if there is no source. */
  readonly excerpt?: string;
}
