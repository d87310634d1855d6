import type { AgentIntent, RunPlan } from "./plan.js";
import type { CallStep, Trace, TraceStep } from "./trace.js";
import type { World } from "./world.js";

import { accountOf } from "./accounts.js";
import { textOf } from "./text.js";

/** Plays an explicit trace: nothing reacts, everything happens as it is written. */
export function tracePlan(world: World, trace: Trace): RunPlan {
  const steps = new Map<number, TraceStep[]>();
  for (const step of trace.steps) {
    const ofBlock = steps.get(step.block);
    if (ofBlock === undefined) steps.set(step.block, [step]);
    else ofBlock.push(step);
  }
  const at = (block: number): readonly TraceStep[] => steps.get(block) ?? [];
  return {
    blocks: trace.blocks,
    key: (block) => `trace ${at(block).map(textOf).join()}`,
    moves: (block) => at(block).filter((step) => step.kind === "market"),
    faults: (block) => at(block).filter((step) => step.kind === "oracle"),
    intents: (view) =>
      at(view.block)
        .filter((step) => step.kind === "call")
        .map((step) => intentOf(world, step)),
  };
}

function intentOf(world: World, step: CallStep): AgentIntent {
  return {
    agent: step.agent,
    from: accountOf(world.frame.accounts, step.agent),
    intent: {
      call: { to: step.to, function: step.function, args: step.args, value: step.value },
      tip: step.tip,
      gas: step.gas,
      ...(step.note === undefined ? {} : { note: step.note }),
    },
  };
}
