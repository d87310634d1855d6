import type { CallStep, Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { DEFAULT_TIP } from "../run/intent.js";

/** Gives every call the same ordinary fee, so that an order that matters is the only one left in the trace. */
export const ordinaryFees: Pass = async (trace, trial) => {
  const calls = trace.steps.filter((step): step is CallStep => step.kind === "call" && step.tip !== DEFAULT_TIP);
  if (calls.length === 0) return trace;
  const all = await trial.trace(ordinary(trace, new Set(calls)));
  if (all !== undefined) return all;
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step?.kind !== "call" || step.tip === DEFAULT_TIP) continue;
    current = (await trial.trace(ordinary(current, new Set([step])))) ?? current;
  }
  return current;
};

function ordinary(trace: Trace, calls: ReadonlySet<CallStep>): Trace {
  return {
    ...trace,
    steps: trace.steps.map((step) => (step.kind === "call" && calls.has(step) ? { ...step, tip: DEFAULT_TIP } : step)),
  };
}
