import type { Process } from "../../src/market/index.js";

import { endsOf, estimateOf, YEAR } from "./estimates.js";

/** A European call, and how many paths it is priced with. */
export interface EuropeanCall {
  readonly spot: number;
  readonly strike: number;
  /** Annual interest, continuously compounded. */
  readonly rate: number;
  /** Years. */
  readonly expiry: number;
  readonly blocks: number;
  readonly paths: number;
}

/** The price of a call by Monte Carlo over a process, whose drift must be the interest less dividends; and its standard error. */
export function priceOfCall(process: Process, call: EuropeanCall): { readonly mean: number; readonly error: number } {
  const { spot, strike, rate, expiry, blocks, paths } = call;
  const discount = Math.exp(-rate * expiry);
  const ends = endsOf(process, { blocks, blockTime: (expiry * YEAR) / blocks, paths });
  return estimateOf(ends.map((end) => discount * Math.max(0, spot * end - strike)));
}
