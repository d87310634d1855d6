import type { EventKinds } from "../events/kinds.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { firstThatFails } from "./pass.js";

/** Closes gaps between blocks and merges neighbouring blocks, so that only what must happen at different times stays apart. */
export const fewerBlocks: Pass = async (trace, trial) => {
  const fixed = Math.max(
    0,
    ...trace.steps.filter((step) => isFixed(trace, step, trial.kinds)).map(({ block }) => block),
  );
  let current = fixed > 0 ? trace : await firstThatFails(trace, closed(trace), trial);
  for (let block = Math.max(1, current.blocks - 1); block >= Math.max(1, fixed); block--) {
    if (block >= current.blocks) continue;
    current = (await trial.trace(shifted(current, block))) ?? current;
  }
  return current;
};

/** Moves a step that is alone in its block to the next block that has a step: what can wait, waits. */
export const togetherInBlocks: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (
      step === undefined ||
      isFixed(trace, step, trial.kinds) ||
      current.steps.some((other) => other !== step && other.block === step.block)
    )
      continue;
    const next = Math.min(...current.steps.map(({ block }) => block).filter((block) => block > step.block));
    if (next === Infinity) continue;
    // keeps the order of the steps: it comes first in its new block
    const steps = current.steps.map((other) => (other === step ? { ...step, block: next } : other));
    current = (await trial.trace({ ...current, steps })) ?? current;
  }
  return current;
};

/** Whether a step cannot move: what a policy did in one block, it did not do in another, unless it is derived again there. */
function isFixed({ derives }: Trace, step: TraceStep, kinds: EventKinds): boolean {
  return derives !== true && (kinds.of(step).shrinks.isGiven?.(step) ?? false);
}

/** All blocks without steps left out, unless there are none. */
function closed(trace: Trace): readonly Trace[] {
  const used = [...new Set(trace.steps.map(({ block }) => block))].sort((a, b) => a - b);
  const number = new Map(used.map((block, index) => [block, index + 1]));
  const steps = trace.steps.map((step) => ({ ...step, block: number.get(step.block) ?? step.block }));
  return used.length === trace.blocks ? [] : [{ ...trace, steps, blocks: used.length }];
}

/** Everything after `block` one block earlier: `block + 1` merges into it. */
function shifted(trace: Trace, block: number): Trace {
  return {
    ...trace,
    steps: trace.steps.map((step) => (step.block > block ? { ...step, block: step.block - 1 } : step)),
    blocks: trace.blocks - 1,
  };
}
