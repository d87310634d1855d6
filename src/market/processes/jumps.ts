import type { Random } from "../random.js";
import type { ProcessContext } from "./process.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { momentsOf } from "./intervals.js";

/** When prices jump, and by how much. */
export interface Jumps extends ProcessContext {
  /** The stream of the jumps, for nothing else. */
  readonly random: Random;
  /** Mean number of jumps a year. */
  readonly perYear: number;
  /** Draws the size of one, as a log return. */
  readonly size: (random: Random) => number;
}

/**
 * The log returns of the jumps of a compound Poisson process, summed by block. Waiting times are exponential in seconds, so
 * that jumps happen at the same times whatever the block time.
 */
export function jumpsByBlock({ random, perYear, size, ...context }: Jumps): readonly number[] {
  const sums = Array.from({ length: context.blocks }, () => 0);
  if (perYear === 0) return sums;
  let time = exponential(random) * (SECONDS_PER_YEAR / perYear);
  for (const [block, end] of momentsOf(context).entries()) {
    while (time < end) {
      sums[block] = (sums[block] ?? 0) + size(random);
      time += exponential(random) * (SECONDS_PER_YEAR / perYear);
    }
  }
  return sums;
}

/** Exponential with mean 1, by inversion. */
export function exponential(random: Random): number {
  // 1 - u keeps the logarithm away from zero
  return -Math.log(1 - random.next());
}
