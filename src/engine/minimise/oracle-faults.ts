import type { BuilderStep, OracleStep, Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { isLasting } from "../../oracles/faults.js";

import { mergeSteps } from "./merge-steps.js";

/** Makes one fault of two of the same kind and feed: from where the first starts to where the second ends. */
export const fewerFaults: Pass = (trace, trial) =>
  mergeSteps(
    trace,
    trial,
    (step): step is OracleStep => step.kind === "oracle" && !isLasting(step.fault),
    (first, others) => others.find(({ oracle, fault }) => oracle === first.oracle && fault === first.fault),
    (first, second) => [{ ...first, blocks: Math.max(first.blocks, second.block + second.blocks - first.block) }],
  );

/**
 * Bisects every fault of a feed, and everything a builder does for some blocks, to the shortest that fails: first its end,
 * then its start.
 */
export const shorterFaults: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    current = await bisect(current, index, trial, (step, blocks) => ({ ...step, blocks }));
    current = await bisect(current, index, trial, (step, blocks) => ({
      ...step,
      block: step.block + step.blocks - blocks,
      blocks,
    }));
  }
  return current;
};

/** A step that lasts some blocks. */
type Lasting = OracleStep | BuilderStep;

async function bisect(
  from: Trace,
  index: number,
  trial: Trial,
  shortened: (step: Lasting, blocks: number) => Lasting,
): Promise<Trace> {
  const step = from.steps[index];
  if (step?.kind !== "oracle" && step?.kind !== "builder") return from;
  let best = from;
  let low = 0;
  let high = step.blocks;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const steps = from.steps.map((other) => (other === step ? shortened(step, middle) : other));
    // a fault that starts later stands further down
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
