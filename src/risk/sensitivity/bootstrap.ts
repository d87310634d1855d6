import type { Random } from "../../market/random.js";

/** How often a sample is drawn again: percentiles of a 95 % interval are then found to about half a percent. */
const RESAMPLES = 1_000;

/** An interval of percentiles of resampled estimates: approximate. Plain data. */
export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly method: "bootstrap";
}

/**
 * Percentile intervals of several numbers that are estimated from one sample: the sample is drawn again from itself, with
 * replacement (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 13.3).
 *
 * @param estimate - the numbers; a resample in which one is not a number does not count for it
 * @returns the interval of each, by its index
 */
export function bootstrapIntervals<T>(
  sample: readonly T[],
  estimate: (sample: readonly T[]) => readonly number[],
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): (index: number) => BootstrapInterval {
  const resampled: number[][] = [];
  for (let round = 0; round < RESAMPLES; round++) {
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
