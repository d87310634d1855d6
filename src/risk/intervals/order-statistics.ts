import type { Estimate, Interval } from "./interval.js";

import { incompleteBeta } from "../../numeric/beta.js";

/**
 * A quantile with an interval between two ranks of the sample: how many of n fall below a quantile is binomial, whatever the
 * distribution (David and Nagaraja, *Order Statistics*, 3rd edition, section 7.1). Ties make it wider, never wrong. A side that
 * the sample is too small for is left open.
 *
 * @param sorted - at least one number, ascending
 * @param level - above 0 and below 1: 0.95 for the 95th percentile
 * @param confidence - above 0 and below 1
 */
export function quantileOf(sorted: readonly number[], level: number, confidence: number): Estimate {
  const n = sorted.length;
  const error = (1 - confidence) / 2;
  // the least k with P(Binomial(n, level) <= k) above the error, and the same for its complement
  const below = leastWith(n, (k) => atMost(k, n, level) > error);
  const above = leastWith(n, (k) => atMost(k, n, level) >= 1 - error) + 1;
  const interval: Interval = {
    ...(below < 1 ? {} : { lower: ranked(sorted, below) }),
    ...(above > n ? {} : { upper: ranked(sorted, above) }),
    confidence,
    method: "order statistics",
  };
  return { value: ranked(sorted, Math.max(1, Math.ceil(n * level - ROUNDING))), interval };
}

/** Of a product like 0.95 x 20, which is a little more than 19. */
const ROUNDING = 1e-9;

/** @param rank - counted from 1 */
function ranked(sorted: readonly number[], rank: number): number {
  return sorted[rank - 1] ?? Number.NaN;
}

/** P(Binomial(n, p) <= k). */
function atMost(k: number, n: number, p: number): number {
  return k >= n ? 1 : incompleteBeta(n - k, k + 1, 1 - p);
}

/** The least k from 0 to n for which something holds that holds for all larger ones. */
function leastWith(n: number, holds: (k: number) => boolean): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
