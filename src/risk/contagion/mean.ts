import type { Estimate } from "../intervals/interval.js";

import { studentQuantile } from "../../numeric/student.js";

/**
 * A mean over paths with its interval by Student's t. Of differences between two variants of the same paths it is the interval of paired
 * samples: what the variants have in common cancels (common random numbers; Glasserman, *Monte Carlo Methods in Financial
 * Engineering*, 2003, section 7.1). Approximate where few paths decide.
 *
 * @param values - one for each path, at least two
 */
export function meanOf(values: readonly number[], confidence: number): Estimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (count - 1);
  const width = studentQuantile(count - 1, (1 + confidence) / 2) * Math.sqrt(variance / count);
  return { value, interval: { lower: value - width, upper: value + width, confidence, method: "Student's t" } };
}
