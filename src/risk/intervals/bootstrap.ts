import type { Random } from "../../market/random.js";
import type { Estimate } from "./interval.js";

/** How often a sample is drawn again: percentiles of the 95 % interval are then found to about half a percent. */
const RESAMPLES = 1_000;

/** The most draws; a larger sample is drawn again less often, but at least {@link FEWEST} times. */
const MOST_DRAWS = 50_000_000;

const FEWEST = 200;

/**
 * A number of a sample: how often each value counts is given beside the values.
 *
 * @param sorted - ascending
 * @param counts - how often each is in the sample; they add up to its size
 */
export type Statistic = (sorted: readonly number[], counts: Uint32Array) => number;

/** What a bootstrap needs besides its sample. */
interface Resampling {
  /** Above 0 and below 1. */
  readonly confidence: number;
  /** The same seed gives the same interval. */
  readonly random: Random;
}

/**
 * An estimate with a percentile interval: the sample is drawn again from itself, with replacement (Efron and Tibshirani, *An
 * Introduction to the Bootstrap*, 1993, section 13.3). Approximate: too narrow where few values decide, as in a far tail.
 *
 * @param sorted - at least one number, ascending
 */
export function bootstrapped(
  sorted: readonly number[],
  statistic: Statistic,
  { confidence, random }: Resampling,
): Estimate {
  const n = sorted.length;
  const value = statistic(sorted, new Uint32Array(n).fill(1));
  const resamples = Math.max(FEWEST, Math.min(RESAMPLES, Math.floor(MOST_DRAWS / n)));
  const estimates = Array.from({ length: resamples }, () => {
    const counts = new Uint32Array(n);
    for (let draw = 0; draw < n; draw++) {
      const at = random.integer(0, n - 1);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return statistic(sorted, counts);
  }).sort((a, b) => a - b);
  const percentile = (level: number): number =>
    estimates[Math.min(resamples - 1, Math.max(0, Math.round(level * (resamples - 1))))] ?? value;
  const error = (1 - confidence) / 2;
  return {
    value,
    interval: { lower: percentile(error), upper: percentile(1 - error), confidence, method: "bootstrap" },
  };
}

/** The mean. */
export const mean: Statistic = (sorted, counts) => {
  let sum = 0;
  let size = 0;
  for (const [index, value] of sorted.entries()) {
    const count = counts[index] ?? 0;
    sum += value * count;
    size += count;
  }
  return sum / size;
};

/**
 * Expected shortfall: the mean of the worst share of a sample of losses, in which a value that straddles the quantile counts in
 * part (Acerbi and Tasche, *On the coherence of expected shortfall*, 2002, definition 2.6).
 *
 * @param level - 0.95 for the worst 5 %
 */
export function expectedShortfall(level: number): Statistic {
  return (sorted, counts) => {
    const size = counts.reduce((sum, count) => sum + count, 0);
    const tail = size * (1 - level);
    let left = tail;
    let sum = 0;
    for (let index = sorted.length - 1; index >= 0 && left > 0; index--) {
      const taken = Math.min(left, counts[index] ?? 0);
      sum += taken * (sorted[index] ?? 0);
      left -= taken;
    }
    return sum / tail;
  };
}
