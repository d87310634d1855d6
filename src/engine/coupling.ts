import type { Trace, TraceStep } from "./trace.js";

/**
 * The kinds of event that a minimal trace needs together. Every step of it is needed, so with more than one kind, each
 * kind alone survives: a code flaw that only a price movement reaches, say.
 *
 * @returns `undefined` where one kind is enough
 */
export function couplingOf(minimal: Trace): readonly TraceStep["kind"][] | undefined {
  const kinds = [...new Set(minimal.steps.map(({ kind }) => kind))].sort();
  return kinds.length > 1 ? kinds : undefined;
}
