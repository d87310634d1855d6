import type { OracleStep } from "../trace.js";
import type { Pass } from "./pass.js";

/** Makes one silence of two of the same feed: from where the first starts to where the second ends. */
export const fewerSilences: Pass = async (trace, trial) => {
  let current = trace;
  for (let index = 0; index < current.steps.length; index++) {
    const first = current.steps[index];
    if (first?.kind !== "oracle") continue;
    const second = current.steps.find(
      (step, at): step is OracleStep => at > index && step.kind === "oracle" && step.oracle === first.oracle,
    );
    if (second === undefined) continue;
    const blocks = Math.max(first.blocks, second.block + second.blocks - first.block);
    const steps = current.steps
      .filter((step) => step !== second)
      .map((step) => (step === first ? { ...first, blocks } : step));
    const played = await trial.trace({ ...current, steps });
    if (played === undefined) continue;
    current = played;
    // the merged silence may merge with the next one
    index -= 1;
  }
  return current;
};

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
