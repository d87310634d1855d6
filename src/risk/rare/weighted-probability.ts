import type { ProbabilityInterval } from "../intervals/interval.js";
import type { SimulatedValue } from "../options/simulated-value.js";

import { SiegeError } from "../../errors.js";
import { standardNormalQuantile } from "../../numeric/normal.js";
import { shown } from "../../options.js";
import { clopperPearson } from "../intervals/clopper-pearson.js";
import { requireConfidence } from "../intervals/require-trials.js";

/** How a sample that was drawn from a tilted distribution ended. */
export interface WeightedSample {
  /** The likelihood ratio of its noise: at least 0. */
  readonly ratio: number;
  /** Whether the rare event happened. */
  readonly hit: boolean;
}

/** A probability by importance sampling, with what shows whether to believe it. Plain data. */
export interface WeightedProbability {
  /** The mean of ratio times hit: unbiased. `undefined` without a sample. */
  readonly value: number | undefined;
  /** Its standard error; `undefined` for fewer than two samples. */
  readonly error: number | undefined;
  readonly interval: ProbabilityInterval;
  readonly samples: number;
  readonly hits: number;
  /**
   * The mean of all ratios, which is 1 if they are those of the noise. Several of its errors away, they are not, or so few samples
   * have nearly all of the weight that nothing can be said.
   */
  readonly meanRatio: SimulatedValue | undefined;
  /** How many samples of equal weight would be as good: (Σ ratio)² / Σ ratio² (Kong 1992). */
  readonly effectiveSamples: number;
  /** The same of those that hit, on which the probability and its error rest. */
  readonly effectiveHits: number;
}

/**
 * The probability of an event from samples of a tilted distribution, each of which counts by its likelihood ratio (Glasserman, *Monte
 * Carlo Methods in Financial Engineering*, 2003, 4.6; Owen, *Monte Carlo theory, methods and examples*, 2013, chapter 9).
 *
 * The interval is that of a normal distribution on the logarithm of the probability, which is never below 0 and reaches further up
 * than down, as the error of few large weights does. It is approximate: do not trust it with fewer than about 20 effective hits.
 * Without a hit, it reaches up to what the largest possible ratio allows, or to 1.
 *
 * @param confidence - above 0 and below 1, like 0.95
 * @param largestRatio - what no ratio exceeds, if that is known: 1 / share with a defensive share
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const random = createRandom(1);
 * const samples = Array.from({ length: 1_000 }, () => {
 *   const { value, logRatio } = shiftedNormal(random, 4);
 *   return { hit: value > 4, ratio: Math.exp(logRatio) };
 * });
 * weightedProbability(samples, 0.95).value; // 3.2e-5
 * ```
 */
export function weightedProbability(
  samples: Iterable<WeightedSample>,
  confidence: number,
  largestRatio?: number,
): WeightedProbability {
  requireConfidence("weightedProbability", confidence);
  const [all, hit] = [new Sums(), new Sums()];
  for (const sample of samples) {
    requireRatio(sample.ratio);
    all.add(sample.ratio);
    if (sample.hit) hit.add(sample.ratio);
  }
  const value = all.count === 0 ? undefined : hit.sum / all.count;
  const error = all.count < 2 ? undefined : hit.errorOfMean(all.count);
  const meanError = all.errorOfMean(all.count);
  return {
    value,
    error,
    interval: intervalOf({ value, error, confidence, samples: all.count, largestRatio: largestRatio ?? Infinity }),
    samples: all.count,
    hits: hit.count,
    meanRatio: all.count < 2 ? undefined : { value: all.sum / all.count, error: meanError },
    effectiveSamples: all.effective,
    effectiveHits: hit.effective,
  };
}

function intervalOf({
  value,
  error,
  confidence,
  samples,
  largestRatio,
}: {
  readonly value: number | undefined;
  readonly error: number | undefined;
  readonly confidence: number;
  readonly samples: number;
  readonly largestRatio: number;
}): ProbabilityInterval {
  const method = "importance sampling" as const;
  if (value === undefined || value === 0 || error === undefined) {
    // P = E[ratio, hit] is at most the largest ratio times the probability of a hit
    const unseen = clopperPearson({ successes: 0, trials: samples }, confidence).upper;
    const upper = value === 0 && Number.isFinite(largestRatio) ? Math.min(1, unseen * largestRatio) : 1;
    return { lower: 0, upper, confidence, method };
  }
  const reach = Math.exp((standardNormalQuantile((1 + confidence) / 2) * error) / value);
  return { lower: value / reach, upper: Math.min(1, value * reach), confidence, method };
}

function requireRatio(ratio: number): void {
  if (Number.isFinite(ratio) && ratio >= 0) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `weightedProbability: a likelihood ratio is ${shown(ratio)}.`,
    hint: "Ratios must be finite numbers of at least 0: exp of the sum of the log ratios of all noise of a sample.",
  });
}

/** What is known of weights by their sums. */
class Sums {
  count = 0;
  sum = 0;
  #squares = 0;

  add(weight: number): void {
    this.count += 1;
    this.sum += weight;
    this.#squares += weight ** 2;
  }

  /** Of their mean over more samples, whose other weights are 0. */
  errorOfMean(samples: number): number {
    const variance = (this.#squares - this.sum ** 2 / samples) / (samples - 1);
    return Math.sqrt(Math.max(0, variance) / samples);
  }

  get effective(): number {
    return this.#squares === 0 ? 0 : this.sum ** 2 / this.#squares;
  }
}
