import type { EventStep } from "../events/place.js";
import type { Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";

/** Bisects the duration of every step that has one to the shortest that fails: first its end, then its start. */
export const shorterSteps: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    current = await bisect(current, index, trial, (step) => step.block);
    current = await bisect(current, index, trial, (step, all, blocks) => step.block + all - blocks);
  }
  return current;
};

/** @param start - the block in which the shortened step begins */
async function bisect(
  from: Trace,
  index: number,
  trial: Trial,
  start: (step: EventStep, all: number, blocks: number) => number,
): Promise<Trace> {
  const step = from.steps[index];
  const duration = step === undefined ? undefined : trial.kinds.of(step).shrinks.duration;
  if (step === undefined || duration === undefined) return from;
  const all = duration.of(step);
  let best = from;
  let low = 0;
  let high = all;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const { steps } = withStep(from, step, duration.with(step, start(step, all, middle), middle));
    // a fault that starts later moves down the trace
    const played = await trial.trace({ ...from, steps: [...steps].sort((a, b) => a.block - b.block) });
    if (played === undefined) {
      low = middle;
    } else {
      best = played;
      high = middle;
    }
  }
  return best;
}
