import type { Trace, TraceStep } from "../events/trace.js";

import { isReaction } from "../events/trace.js";

/**
 * The kinds of event that a minimal trace needs together, reactions of honest agents aside. Since every step is needed, the
 * target survives without any one of the kinds: a flaw in the code that only a price move exposes, for example.
 *
 * @returns `undefined` if one kind is enough
 */
export function couplingOf(minimal: Trace): readonly TraceStep["kind"][] | undefined {
  const kinds = [...new Set(minimal.steps.flatMap((step) => (isReaction(step) ? [] : [step.kind])))].sort();
  return kinds.length > 1 ? kinds : undefined;
}
