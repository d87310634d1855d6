import type { Trace } from "../trace.js";
import type { Pass } from "./pass.js";

import { firstThatFails } from "./pass.js";

/** Closes gaps between blocks and merges neighbours, so that what has to happen at different times stands out. */
export const fewerBlocks: Pass = async (trace, trial) => {
  let current = await firstThatFails(trace, closed(trace), trial);
  for (let block = Math.max(1, current.blocks - 1); block >= 1; block--) {
    if (block >= current.blocks) continue;
    current = (await trial.trace(shifted(current, block))) ?? current;
  }
  return current;
};

/** All blocks without steps left out, unless there are none. */
function closed(trace: Trace): readonly Trace[] {
  const used = [...new Set(trace.steps.map(({ block }) => block))].sort((a, b) => a - b);
  const number = new Map(used.map((block, index) => [block, index + 1]));
  const steps = trace.steps.map((step) => ({ ...step, block: number.get(step.block) ?? step.block }));
  return used.length === trace.blocks ? [] : [{ steps, blocks: used.length }];
}

/** Everything behind `block` one block earlier: `block + 1` merges into it. */
function shifted(trace: Trace, block: number): Trace {
  return {
    steps: trace.steps.map((step) => (step.block > block ? { ...step, block: step.block - 1 } : step)),
    blocks: trace.blocks - 1,
  };
}
