import type { ProbabilityInterval } from "./interval.js";
import type { Trials } from "./require-trials.js";

import { logBeta } from "../../numeric/beta.js";
import { requireInRange } from "../../options.js";

import { tunedRho } from "./normal-mixture.js";
import { requireConfidence, requireTrials } from "./require-trials.js";
import { rootBetween } from "./root.js";

/** The least parameter of the mixture, as a share of the variance of one trial. */
const LEAST = 1e-3;

/**
 * An interval for a probability that may be looked at after every trial, and at which one may stop: with the stated
 * confidence, the intervals after *all* numbers of trials contain it. The price is that each is wider than
 * {@link clopperPearson}'s at the same number.
 *
 * For each candidate p, a beta-binomial mixture of likelihood ratios is a martingale if p is true; what makes it exceed
 * 1/error is excluded (Howard, Ramdas, McAuliffe and Sekhon, *Time-uniform, nonparametric, nonasymptotic confidence
 * sequences*, Annals of Statistics 49, 2021, section 3.2; `bernoulli_confidence_interval` of their package confseq).
 *
 * @param confidence - above 0 and below 1, like 0.95
 * @param tightest - the number of trials at which it is tightest, at least 1; it holds whatever it is, but must not be chosen by
 * the results
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * bernoulliConfidenceSequence({ successes: 700, trials: 1_000 }, 0.95, 100); // .652 to .746
 * ```
 */
export function bernoulliConfidenceSequence(
  { successes, trials }: Trials,
  confidence: number,
  tightest: number,
): ProbabilityInterval {
  requireTrials("bernoulliConfidenceSequence", { successes, trials });
  requireConfidence("bernoulliConfidenceSequence", confidence);
  requireInRange("bernoulliConfidenceSequence", "tightest", tightest, { min: 1, max: Number.MAX_SAFE_INTEGER });
  const error = 1 - confidence;
  const failures = trials - successes;
  /** Above 0 where p is excluded. */
  const evidence = (p: number): number => {
    const variance = p * (1 - p);
    const rho = Math.max(tunedRho({ error, at: variance * tightest }) - variance, LEAST * variance);
    const mixture = logBeta(rho / p + failures, rho / (1 - p) + successes) - logBeta(rho / p, rho / (1 - p));
    return mixture - successes * Math.log(p) - failures * Math.log1p(-p) + Math.log(error);
  };
  const share = trials === 0 ? 0 : successes / trials;
  return {
    lower: successes === 0 ? 0 : rootBetween(0, share, (p) => (p > 0 ? -evidence(p) : -1)),
    upper: failures === 0 ? 1 : rootBetween(share, 1, (p) => (p <= 0 ? -1 : p >= 1 ? 1 : evidence(p))),
    confidence,
    method: "confidence sequence",
  };
}
