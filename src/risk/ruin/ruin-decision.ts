import type { RuinResult } from "./ruin-result.js";

/**
 * Whether a probability of ruin lies below a limit. What decides is the interval, never the share of the paths.
 *
 * @param limit - above 0 and below 1
 * @returns `undecided` if the limit lies within the interval; `doubtful` if the interval lies on one side, but paths say nothing about
 * the target or did not replay; `incomplete` if not all paths were played
 */
export function ruinDecision(
  { kind, probability, doubts, unconfirmed }: Pick<RuinResult, "doubts" | "kind" | "probability" | "unconfirmed">,
  limit: number,
): "below" | "doubtful" | "incomplete" | "not below" | "undecided" {
  if (kind === "incomplete") return "incomplete";
  const { lower, upper } = probability.interval;
  const isBelow = upper < limit;
  if (!isBelow && lower < limit) return "undecided";
  // few effective paths say as little about a lower bound as about an upper one
  const isDoubtful = isBelow ? doubts.length > 0 : doubts.some(({ code }) => code === "FEW_EFFECTIVE_PATHS");
  if (isDoubtful || unconfirmed.length > 0) return "doubtful";
  return isBelow ? "below" : "not below";
}
