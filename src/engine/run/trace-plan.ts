import type { BuilderStep, CallStep, Trace, TraceStep } from "../events/trace.js";
import type { World } from "../world/world.js";
import type { AgentIntent, Moment, Place, RunPlan } from "./plan.js";

import { accountOf } from "../../view/accounts.js";
import { isReaction } from "../events/trace.js";
import { textOf } from "../text.js";

import { participants, policyIntents } from "./policies.js";

/**
 * Plays an explicit trace: everything happens as it is written, and nothing reacts but honest agents, whose calls are
 * not taken from the trace.
 */
export function tracePlan(world: World, trace: Trace): RunPlan {
  const steps = new Map<number, TraceStep[]>();
  for (const step of trace.steps) {
    if (isReaction(step)) continue;
    const ofBlock = steps.get(step.block);
    if (ofBlock === undefined) steps.set(step.block, [step]);
    else ofBlock.push(step);
  }
  const at = (block: number): readonly TraceStep[] => steps.get(block) ?? [];
  const honest = participants(world, (_name, agent) => agent.honest === true);
  const early = honest.filter(({ agent }) => agent.watchesMempool !== true);
  const late = honest.filter(({ agent }) => agent.watchesMempool === true);
  const { seed = 0 } = trace;
  const reactions = honest.length === 0 ? "trace" : `trace ${seed}`;
  const written = (moment: Moment, watches: boolean): readonly AgentIntent[] =>
    at(moment.block)
      .filter((step): step is CallStep => step.kind === "call" && isIn(moment, step))
      .filter(({ agent }) => (world.scenario.agents.get(agent)?.watchesMempool === true) === watches)
      .map((step) => intentOf(world, step));
  return {
    blocks: trace.blocks,
    seed,
    key: (block) => `${reactions} ${at(block).map(textOf).join()}`,
    reorganisations: trace.steps.flatMap((step) =>
      step.kind === "builder" && step.act === "reorg" ? [{ block: step.block, depth: step.blocks }] : [],
    ),
    moves: (block) => at(block).filter((step) => step.kind === "market"),
    faults: (block) => at(block).filter((step) => step.kind === "oracle"),
    demand: (block) => at(block).flatMap((step) => (step.kind === "gas" ? [step.change] : [])),
    acts: (place) =>
      at(place.block).filter((step): step is BuilderStep => step.kind === "builder" && isIn(place, step)),
    // of equal fees, what is submitted first stands first: honest agents before all others, as in a genome's run
    intents: async (moment) => [...policyIntents(world, seed, early, moment), ...written(moment, false)],
    reactions: (moment) => [...policyIntents(world, seed, late, moment), ...written(moment, true)],
  };
}

function isIn({ again }: Place, step: { readonly again?: true }): boolean {
  return (step.again === true) === again;
}

function intentOf(world: World, step: CallStep): AgentIntent {
  return {
    agent: step.agent,
    from: accountOf(world.frame.accounts, step.agent),
    intent: {
      call: {
        to: step.to,
        function: step.function,
        args: step.args,
        value: step.value,
        ...(step.inner === undefined ? {} : { inner: step.inner }),
      },
      tip: step.tip,
      gas: step.gas,
      ...(step.note === undefined ? {} : { note: step.note }),
    },
    origin: "trace",
  };
}
