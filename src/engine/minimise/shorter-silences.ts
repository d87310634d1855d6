import type { Pass } from "./pass.js";

/** Bisects every silence of a feed to the shortest that fails. */
export const shorterSilences: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step?.kind !== "oracle") continue;
    const from = current;
    let low = 0;
    let high = step.blocks;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const steps = from.steps.map((other) => (other === step ? { ...step, blocks: middle } : other));
      const played = await trial.trace({ ...from, steps });
      if (played === undefined) {
        low = middle;
      } else {
        current = played;
        high = middle;
      }
    }
  }
  return current;
};
