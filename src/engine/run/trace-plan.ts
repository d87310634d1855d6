import type { CallStep, Trace, TraceStep } from "../events/trace.js";
import type { World } from "../world/world.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";
import type { RunPlan } from "./plan.js";

import { isSameAddress } from "../../quantity/address.js";
import { kindsOf } from "../events/kinds.js";
import { isIn } from "../events/place.js";
import { isReaction } from "../events/trace.js";
import { textOf } from "../json.js";

import { calledBackIn } from "./called-back-in.js";
import { participants, policyIntents } from "./policies.js";

/**
 * Plays an explicit trace: every event happens as written, and honest agents react, whose calls are not taken from the trace.
 * If the trace derives the calls of the other policies, those happen that the policies submit in the places of their steps.
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
  const { seed = 0, derives } = trace;
  const places = derives === true ? policySteps(trace) : [];
  const acting = new Set(places.map(({ agent }) => agent));
  const running = participants(world, (name, agent) => agent.honest === true || acting.has(name));
  const early = running.filter(({ agent }) => agent.watchesMempool !== true);
  const late = running.filter(({ agent }) => agent.watchesMempool === true);
  const reactions = running.length === 0 ? "trace" : `trace ${seed} ${[...acting].sort().join()}`;
  const submitted = (moment: Moment, among: typeof running): readonly AgentIntent[] => {
    const here = places.filter(isIn(moment)).filter(({ block }) => block === moment.block);
    return policyIntents(world, seed, among, moment).filter(
      (intent) => !acting.has(intent.agent) || here.some((step) => isPlaceOf(step, intent)),
    );
  };
  const written = (moment: Moment, watching: boolean): readonly AgentIntent[] =>
    at(moment.block)
      .filter(isIn(moment))
      .flatMap((step) => {
        if (derives === true && "policy" in step) return [];
        const { submits } = kinds.of(step);
        if (submits === undefined || (submits.watches?.(step, world.scenario) ?? false) !== watching) return [];
        return [submits.ofStep(step, world)];
      });
  return {
    blocks: trace.blocks,
    seed,
    ...(derives === undefined ? {} : { derives }),
    key: (block) => `${reactions} ${at(block).map(textOf).join()}`,
    calledBack: calledBackIn(
      world,
      trace.steps.flatMap((step) => kinds.of(step).submits?.calledBack?.(step) ?? []),
    ),
    reorganisations: trace.steps.flatMap((step) => kinds.of(step).happens?.reorganisation?.(step) ?? []),
    events: (place) => {
      const now = at(place.block).filter(isIn(place));
      return kinds.all.flatMap((kind) =>
        kind.happens === undefined ? [] : now.filter((step) => step.kind === kind.kind),
      );
    },
    // at equal fees, what is submitted first comes first: policies before all others, as in a genome's run
    intents: async (moment) => [...submitted(moment, early), ...written(moment, false)],
    reactions: (moment) => [...submitted(moment, late), ...written(moment, true)],
  };
}

function policySteps({ steps }: Trace): readonly CallStep[] {
  return steps.flatMap((step) => (step.kind === "call" && "policy" in step && !isReaction(step) ? [step] : []));
}

function isPlaceOf({ agent, policy, to, function: item }: CallStep, intent: AgentIntent): boolean {
  const { call } = intent.intent;
  return (
    agent === intent.agent && policy === intent.nth && isSameAddress(to, call.to) && item.name === call.function.name
  );
}
