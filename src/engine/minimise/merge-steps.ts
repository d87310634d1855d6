import type { Trace, TraceStep } from "../events/trace.js";
import type { Trial } from "./trial.js";

/**
 * Makes one step of two, wherever the trace still fails with it: what two small moves do, one larger one often does, and
 * no deletion finds it.
 *
 * @param second - the partner of a step among those behind it, if it has one
 * @param merged - what may stand for both, the best first
 */
export async function mergeSteps<StepT extends TraceStep>(
  trace: Trace,
  trial: Trial,
  isOfKind: (step: TraceStep) => step is StepT,
  second: (first: StepT, others: readonly StepT[]) => StepT | undefined,
  merged: (first: StepT, second: StepT) => readonly StepT[],
): Promise<Trace> {
  let current = trace;
  for (let index = 0; index < current.steps.length; index++) {
    const one = current.steps[index];
    if (one === undefined || !isOfKind(one)) continue;
    const other = second(one, current.steps.slice(index + 1).filter(isOfKind));
    if (other === undefined) continue;
    for (const step of merged(one, other)) {
      const steps = current.steps.filter((kept) => kept !== other).map((kept) => (kept === one ? step : kept));
      // stable: the order within a block stays
      const played = await trial.trace({ ...current, steps: [...steps].sort((a, b) => a.block - b.block) });
      if (played === undefined) continue;
      current = played;
      // the merged step may merge with the next one
      index -= 1;
      break;
    }
  }
  return current;
}
