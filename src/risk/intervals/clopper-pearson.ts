import type { ProbabilityInterval } from "./interval.js";
import type { Trials } from "./require-trials.js";

import { incompleteBeta } from "../../numeric/beta.js";

import { requireConfidence, requireTrials } from "./require-trials.js";
import { rootBetween } from "./root.js";

/**
 * The exact interval for a probability after a number of trials that was fixed beforehand (Clopper and Pearson, *The use of
 * confidence or fiducial limits illustrated in the case of the binomial*, Biometrika 26, 1934): it contains the probability
 * at least as often as it says, in small samples, too. The error is shared equally by the two sides. Not to be looked at
 * along the way: for that there is {@link bernoulliConfidenceSequence}.
 *
 * @param confidence - above 0 and below 1, like 0.95
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * clopperPearson({ successes: 0, trials: 500 }, 0.95).upper; // 0.00735
 * ```
 */
export function clopperPearson({ successes, trials }: Trials, confidence: number): ProbabilityInterval {
  requireTrials("clopperPearson", { successes, trials });
  requireConfidence("clopperPearson", confidence);
  const error = (1 - confidence) / 2;
  // P(at least k successes) rises with the probability, P(at most k) falls
  const atLeast = (p: number): number => incompleteBeta(successes, trials - successes + 1, p);
  const atMost = (p: number): number => incompleteBeta(trials - successes, successes + 1, 1 - p);
  // inverted here: the library's own inverse, incbi, was seen to fail for errors below 1e-6 (3.3.3)
  return {
    lower: successes === 0 ? 0 : rootBetween(0, successes / trials, (p) => atLeast(p) - error),
    upper: successes === trials ? 1 : rootBetween(successes / trials, 1, (p) => error - atMost(p)),
    confidence,
    method: "Clopper-Pearson",
  };
}
