import type { EventKinds } from "../../events/kinds.js";
import type { Trace, TraceStep } from "../../events/trace.js";
import type { MinimalTrace } from "../../minimise/trace-level.js";

import { withStep } from "../../events/trace.js";

/** A trace that survives and differs from the minimal one in one thing. */
export interface NearestSurvivor {
  readonly trace: Trace;
  /** The step that it is about. */
  readonly step: number;
  /** What was done to it: left out, one of its calls left out, or its size changed to the nearest that survives. */
  readonly change: "without" | "without a call" | "safe size";
}

/** The nearest survivors of a minimal trace: every deletion of its certificate, and every threshold's size on the safe side. */
export function nearestSurvivors(
  { trace, certificate, thresholds }: MinimalTrace,
  kinds: EventKinds,
): readonly NearestSurvivor[] {
  const deletions = certificate.deletions.flatMap(({ step: index, inner }): NearestSurvivor[] => {
    const step = trace.steps[index];
    if (step === undefined) return [];
    if (inner === undefined) {
      const steps = trace.steps.filter((_step, at) => at !== index);
      return [{ trace: { ...trace, steps }, step: index, change: "without" }];
    }
    const parts = kinds.of(step).shrinks.inner;
    if (parts === undefined) return [];
    const others = Array.from({ length: parts.count(step) }, (_call, at) => at).filter((at) => at !== inner);
    return [{ trace: withStep(trace, step, parts.keeping(step, others)), step: index, change: "without a call" }];
  });
  const sizes = thresholds.flatMap(({ step: index, survives }): NearestSurvivor[] => {
    const step: TraceStep | undefined = trace.steps[index];
    const sizing = step === undefined ? undefined : kinds.of(step).shrinks.size;
    if (step === undefined || sizing === undefined) return [];
    return [{ trace: withStep(trace, step, sizing.with(step, survives)), step: index, change: "safe size" }];
  });
  return [...deletions, ...sizes];
}
