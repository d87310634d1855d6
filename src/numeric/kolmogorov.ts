import { cephes } from "./cephes.js";

/** How far a sample is from a distribution. */
export interface Distance {
  /** The largest difference between the two distribution functions, 0 to 1 (Kolmogorov and Smirnov). */
  readonly statistic: number;
  /** The probability of a larger one if the sample is of the distribution. */
  readonly probability: number;
}

/**
 * The distance of a sample from a distribution, with Stephens' correction for small samples (*EDF statistics for goodness of fit*,
 * 1974). Where parameters were fitted to the same sample, the probability is too large.
 *
 * @param ranks - what the distribution function is at each value of the sample, in any order
 */
export function distanceOf(ranks: readonly number[]): Distance {
  const sorted = ranks.toSorted((one, other) => one - other);
  const size = sorted.length;
  let statistic = 0;
  for (const [index, rank] of sorted.entries()) {
    statistic = Math.max(statistic, (index + 1) / size - rank, rank - index / size);
  }
  const root = Math.sqrt(size);
  return { statistic, probability: cephes.kolmogorov((root + 0.12 + 0.11 / root) * statistic) };
}
