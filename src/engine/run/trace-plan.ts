import type { Trace, TraceStep } from "../events/trace.js";
import type { World } from "../world/world.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";
import type { RunPlan } from "./plan.js";

import { kindsOf } from "../events/kinds.js";
import { isIn } from "../events/place.js";
import { isReaction } from "../events/trace.js";
import { textOf } from "../json.js";

import { participants, policyIntents } from "./policies.js";

/**
 * Plays an explicit trace: every event happens as written, and only honest agents react, whose calls are not taken from
 * the trace.
 *
 * @throws SiegeError `UNKNOWN_EVENT` if it has a kind of event that the scenario does not have
 */
export function tracePlan(world: World, trace: Trace): RunPlan {
  const kinds = kindsOf(world);
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
  const written = (moment: Moment, watching: boolean): readonly AgentIntent[] =>
    at(moment.block)
      .filter(isIn(moment))
      .flatMap((step) => {
        const { submits } = kinds.of(step);
        if (submits === undefined || (submits.watches?.(step, world.scenario) ?? false) !== watching) return [];
        return [submits.ofStep(step, world)];
      });
  return {
    blocks: trace.blocks,
    seed,
    key: (block) => `${reactions} ${at(block).map(textOf).join()}`,
    reorganisations: trace.steps.flatMap((step) => kinds.of(step).happens?.reorganisation?.(step) ?? []),
    events: (place) => {
      const now = at(place.block).filter(isIn(place));
      return kinds.all.flatMap((kind) =>
        kind.happens === undefined ? [] : now.filter((step) => step.kind === kind.kind),
      );
    },
    // at equal fees, what is submitted first comes first: honest agents before all others, as in a genome's run
    intents: async (moment) => [...policyIntents(world, seed, early, moment), ...written(moment, false)],
    reactions: (moment) => [...policyIntents(world, seed, late, moment), ...written(moment, true)],
  };
}
