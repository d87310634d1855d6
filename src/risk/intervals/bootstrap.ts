import type { Random } from "../../market/random.js";
import type { BootstrapInterval, Estimate } from "./interval.js";

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
 * Percentile intervals of several numbers that are estimated from one sample: the sample is drawn again from itself, with
 * replacement (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 13.3). Approximate: too narrow where few
 * values decide, as in a far tail.
 *
 * @param sample - at least one
 * @param estimate - the numbers; a resample in which one is not a number does not count for it
 * @returns the interval of each, by its index; bounds are `NaN` for what was never a number
 */
export function bootstrapIntervals<T>(
  sample: readonly T[],
  estimate: (sample: readonly T[]) => readonly number[],
  { confidence, random }: Resampling,
): (index: number) => BootstrapInterval {
  const resampled: number[][] = [];
  const rounds = Math.max(FEWEST, Math.min(RESAMPLES, Math.floor(MOST_DRAWS / sample.length)));
  for (let round = 0; round < rounds; round++) {
    const drawn = sample.map(() => sample[random.integer(0, sample.length - 1)] as T);
    for (const [index, value] of estimate(drawn).entries()) {
      if (Number.isFinite(value)) (resampled[index] ??= []).push(value);
    }
  }
  // what was never a number has no list
  for (const values of Object.values(resampled)) values.sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return (index) => {
    const sorted = resampled[index] ?? [];
    const at = (level: number): number => sorted[Math.round(level * (sorted.length - 1))] ?? NaN;
    return { lower: at(tail), upper: at(1 - tail), confidence, method: "bootstrap" };
  };
}

/**
 * A number of a sorted sample with its {@link bootstrapIntervals | interval}.
 *
 * @param sorted - at least one number, ascending
 */
export function bootstrapped(sorted: readonly number[], statistic: Statistic, resampling: Resampling): Estimate {
  // places are drawn instead of numbers: counted, they are in order, and need not be sorted again
  const counted = (places: readonly number[]): Uint32Array => {
    const counts = new Uint32Array(sorted.length);
    for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
    return counts;
  };
  const places = [...sorted.keys()];
  const intervals = bootstrapIntervals(places, (drawn) => [statistic(sorted, counted(drawn))], resampling);
  return { value: statistic(sorted, counted(places)), interval: intervals(0) };
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
