import type { Distance } from "../../numeric/kolmogorov.js";
import type { FlowEstimate } from "../flow-estimate.js";

import { distanceOf } from "../../numeric/kolmogorov.js";
import { normalProbability, standardNormalQuantile } from "../../numeric/normal.js";
import { WIDE } from "../../numeric/normal.js";
import { studentQuantile } from "../../numeric/student.js";
import { CONFIDENCE } from "../flow-estimate.js";

import { quantilesOf } from "./arrivals.js";

/** The largest sizes, where a Pareto distribution explains them better. Plain data. */
export interface ParetoTail {
  /** Sizes from here on. */
  readonly from: number;
  /** How many there are. */
  readonly sizes: number;
  /** The tail index α: P(X > x) falls as x^-α. */
  readonly index: FlowEstimate;
  /** By how much its log-likelihood exceeds that of the log-normal distribution there. */
  readonly gain: number;
}

/** How large things are. Plain data. */
export interface Sizes {
  readonly median: FlowEstimate;
  /** Standard deviation of the logarithm. */
  readonly deviation: FlowEstimate;
  /** Absent where the log-normal distribution is as good for the largest sizes. */
  readonly tail?: ParetoTail;
  /** The log-normal distribution's distance from the sizes. */
  readonly fit: Distance;
  /** Quantiles of the standardised logarithms beside those of the normal distribution, at most 200. */
  readonly quantiles: readonly (readonly [expected: number, found: number])[];
}

/** Shares of the sizes at which a tail may begin. */
const TAILS = [0.8, 0.85, 0.9, 0.95] as const;

/** Sizes of a tail at least. */
const FEWEST = 20;

/**
 * Fits a log-normal distribution by maximum likelihood, the interval of the median by Student's t, that of the deviation on its logarithm; and a
 * Pareto tail (Hill, *A simple general approach to inference about the tail of a distribution*, 1975), where it explains the largest sizes
 * better by Schwarz's criterion with its two parameters (as Clauset, Shalizi and Newman, *Power-law distributions in empirical data*, 2009,
 * compare the two).
 *
 * @param sizes - at least 3, above 0
 */
export function sizesOf(sizes: readonly number[]): Sizes {
  const logs = sizes.map(Math.log);
  const count = logs.length;
  const mean = logs.reduce((sum, value) => sum + value, 0) / count;
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // unbiased, as Student's t has it
  const deviation = Math.sqrt(squares / (count - 1));
  const error = deviation / Math.sqrt(count);
  const reach = studentQuantile(count - 1, (1 + CONFIDENCE) / 2) * error;
  const factor = Math.exp(WIDE / Math.sqrt(2 * (count - 1)));
  const standardised = deviation === 0 ? logs.map(() => 0) : logs.map((value) => (value - mean) / deviation);
  const tail = deviation === 0 ? undefined : tailOf(logs, mean, deviation);
  return {
    median: {
      value: Math.exp(mean),
      error: Math.exp(mean) * error,
      interval: [Math.exp(mean - reach), Math.exp(mean + reach)],
    },
    deviation: {
      value: deviation,
      error: deviation / Math.sqrt(2 * (count - 1)),
      interval: [deviation / factor, deviation * factor],
    },
    ...(tail === undefined ? {} : { tail }),
    fit: distanceOf(standardised.map(normalProbability)),
    quantiles: quantilesOf(standardised, standardNormalQuantile),
  };
}

/** The tail that gains most, if one gains enough. */
function tailOf(logs: readonly number[], mean: number, deviation: number): ParetoTail | undefined {
  const sorted = logs.toSorted((one, other) => one - other);
  let best: ParetoTail | undefined;
  for (const share of TAILS) {
    const first = Math.floor(share * sorted.length);
    const [from, tail] = [sorted[first] ?? 0, sorted.slice(first)];
    const excess = tail.reduce((sum, value) => sum + value - from, 0);
    if (tail.length < FEWEST || excess === 0) continue;
    const index = tail.length / excess;
    const beyond = Math.log(normalProbability(-(from - mean) / deviation));
    const gain = tail.reduce((sum, value) => {
      const normal = -(((value - mean) / deviation) ** 2) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI)) - beyond;
      return sum + Math.log(index) - index * (value - from) - normal;
    }, 0);
    if (gain <= Math.log(logs.length) || gain <= (best?.gain ?? 0)) continue;
    const factor = Math.exp(WIDE / Math.sqrt(tail.length));
    best = {
      from: Math.exp(from),
      sizes: tail.length,
      index: { value: index, error: index / Math.sqrt(tail.length), interval: [index / factor, index * factor] },
      gain,
    };
  }
  return best;
}
