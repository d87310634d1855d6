import type { Trace, TraceStep } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { stepOf } from "../events/trace.js";

/** Gives every call the same ordinary fee, so that the trace only keeps an order that matters. */
export const ordinaryFees: Pass = async (trace, trial) => {
  const ordinary = (step: TraceStep): TraceStep | undefined => {
    const made = trial.kinds.of(step).shrinks.ordinary?.(step);
    return made === undefined ? undefined : stepOf(made);
  };
  if (trace.steps.every((step) => ordinary(step) === undefined)) return trace;
  const all = await trial.trace({ ...trace, steps: trace.steps.map((step) => ordinary(step) ?? step) });
  if (all !== undefined) return all;
  let current: Trace = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    const made = step === undefined ? undefined : ordinary(step);
    if (made === undefined) continue;
    const steps = current.steps.map((other) => (other === step ? made : other));
    current = (await trial.trace({ ...current, steps })) ?? current;
  }
  return current;
};
