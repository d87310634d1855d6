import type { Trace, TraceStep } from "../events/trace.js";

import { isReaction } from "../events/trace.js";

/**
 * The kinds of event that a minimal trace needs together, without what honest agents did about them. Every step of it is
 * needed, so with more than one kind, each kind alone survives: a code flaw that only a price movement reaches, say.
 *
 * @returns `undefined` where one kind is enough
 */
export function couplingOf(minimal: Trace): readonly TraceStep["kind"][] | undefined {
  const kinds = [...new Set(minimal.steps.flatMap((step) => (isReaction(step) ? [] : [step.kind])))].sort();
  return kinds.length > 1 ? kinds : undefined;
}
