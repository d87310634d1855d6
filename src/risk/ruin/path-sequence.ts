import type { ProbabilityInterval } from "../intervals/interval.js";
import type { Trials } from "../intervals/require-trials.js";

import { bernoulliConfidenceSequence } from "../intervals/confidence-sequence.js";

/**
 * The interval of a risk run whose number of paths was not fixed beforehand. It is tightest at half of the paths that were asked
 * for: it is to decide before the last of them.
 */
export function pathSequence(
  trials: Trials,
  { confidence, wanted }: { readonly confidence: number; readonly wanted: number },
): ProbabilityInterval {
  return bernoulliConfidenceSequence(trials, confidence, Math.max(1, wanted / 2));
}
