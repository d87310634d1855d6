import type { Merging, Turn } from "../events/kind.js";
import type { EventStep } from "../events/place.js";
import type { TraceStep } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { stepOf } from "../events/trace.js";

/**
 * Merges two steps into one if the trace still fails: one larger move often does what two small ones do, and no deletion
 * finds it.
 */
export const mergedSteps =
  (turn: Turn): Pass =>
  async (trace, trial) => {
    let current = trace;
    for (let index = 0; index < current.steps.length; index++) {
      const one = current.steps[index];
      const merge = one === undefined ? undefined : mergingOf(one, trial.kinds.of(one).shrinks.merge, turn);
      if (one === undefined || merge === undefined) continue;
      const other = current.steps
        .slice(index + 1)
        .find((step) => step.kind === one.kind && merge.mergeable(step) && merge.together(one, step));
      if (other === undefined) continue;
      for (const made of merge.merged(one, other)) {
        const steps = current.steps
          .filter((kept) => kept !== other)
          .map((kept) => (kept === one ? stepOf(made) : kept));
        // a stable sort keeps the order within a block
        const played = await trial.trace({ ...current, steps: [...steps].sort((a, b) => a.block - b.block) });
        if (played === undefined) continue;
        current = played;
        // the merged step may merge with the next one
        index -= 1;
        break;
      }
    }
    return current;
  };

function mergingOf(step: TraceStep, merge: Merging<EventStep> | undefined, turn: Turn): Merging<EventStep> | undefined {
  return merge?.turn === turn && merge.mergeable(step) ? merge : undefined;
}
