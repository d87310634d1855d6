import type { Scenario } from "../../scenario/scenario.js";
import type { ActionResult } from "../../view/view.js";
import type { BlockEnvironment } from "../chain/chain.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { CallResult, PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { OracleDesk } from "./oracle-desk.js";
import type { Outcome } from "./outcome.js";
import type { AgentIntent, BuilderAct, Moment, Place, RunPlan } from "./plan.js";
import type { MinedBlock, RunState, RunWatcher } from "./state.js";

import { interferences } from "../../order-flow/interference.js";
import { interleaved } from "../../order-flow/interleave.js";
import { PPM } from "../../quantity/ppm.js";
import { nextRandao } from "../chain/prev-randao.js";
import { ObservedView } from "../world/observed-view.js";

import { buildBlock } from "./block-building/build-block.js";
import { History } from "./history.js";
import { judge } from "./judge.js";
import { FEED } from "./oracle-desk.js";
import { rehearseOn } from "./rehearsal.js";
import { startOf } from "./state.js";
import { builderStep, callStep } from "./steps.js";
import { startView, viewAfter } from "./views.js";

/**
 * Plays one run to a violation or the end of its horizon. The chain is left where the run ended; `World.restore` brings
 * it back.
 *
 * @param from - where the chain stands
 * @throws SiegeError for everything that is not a verdict
 */
export async function playRun(
  world: World,
  plan: RunPlan,
  watcher: RunWatcher = {},
  from: RunState = startOf(world),
): Promise<Outcome> {
  const start = startView(world);
  const history = new History(world, plan);
  let state = from;
  while (state.block < plan.blocks) {
    watcher.checkpoint?.();
    await history.about(state);
    const mined = await playBlock(world, plan, state, start);
    ({ state } = mined);
    await watcher.mined?.(mined);
    const violation = judge(world, viewAfter(world, state), state, start);
    if (violation !== undefined) {
      return { kind: "violation", violation, trace: traceOf(world, plan, state, state.highest) };
    }
    await watcher.survived?.(state);
    const before = await history.reorganised(state);
    if (before !== undefined) {
      await watcher.reorganised?.(before.block);
      state = before;
    }
  }
  return { kind: "survived", blocks: plan.blocks, trace: traceOf(world, plan, state, plan.blocks) };
}

function traceOf({ scenario }: World, { seed }: RunPlan, { steps }: RunState, blocks: number): Trace {
  const reacts = [...scenario.agents.values()].some(({ honest }) => honest === true);
  return { steps, blocks, ...(reacts ? { seed } : {}) };
}

async function playBlock(world: World, plan: RunPlan, before: RunState, start: ObservedView): Promise<MinedBlock> {
  const block = before.block + 1;
  const place: Place = { block, again: block <= before.highest };
  const steps = [...before.steps];
  // the market does not wait for the chain: what happened at this height has happened
  const { prices, space, desk: quiet } = place.again ? before : outside(plan, before, block, steps);
  const environment: BlockEnvironment = {
    timestamp: world.base.timestamp + block * world.scenario.blockTime,
    baseFee: space.baseFee,
    prevRandao: nextRandao(before.randao),
  };
  const acts = plan.acts(place);
  steps.push(...acts.map((act) => builderStep(place, act)));
  const desk = withoutCensored(quiet, acts, block);
  const moment = { block, timestamp: environment.timestamp, prices, space, results: before.results };
  const view = new ObservedView(world.frame, before.observation, moment);
  const publications = desk.published(view, before.observation);
  const rehearse: Moment["rehearse"] = (play) => rehearseOn(world, environment, view, moment, play);
  const memories = new Map(before.memories);
  const early = before.mempool.submitted(await plan.intents({ ...place, view, start, memories, rehearse }), block);
  const pending = early.visible;
  const watching = new ObservedView(world.frame, before.observation, { ...moment, pending });
  const mempool = early.submitted(plan.reactions({ ...place, view: watching, start, memories, rehearse }), block);
  const censorship = before.censorship.decided(acts, block);
  // while the sequencer is down, only those get a transaction in who send it through layer 1
  const isDown = desk.isDown(block);
  const { calls, intents, included } = buildBlock({
    block,
    publications: publications.calls,
    mempool,
    space,
    isOut: (sender) => isDown && !usesLayerOne(world.scenario, sender),
    censorship,
    acts,
  });
  const recorded = interleaved(calls, world.scenario.orderFlow[block - 1] ?? []);
  const { inclusions, flow, mined, observation } = await world.executor.execute(environment, calls, recorded);
  for (const [index, call] of calls.entries()) {
    const intent = intents[index];
    if (intent === undefined || inclusions[index]?.kind === "refused") continue;
    steps.push(callStep(world, place, intent, call));
  }
  publications.desk.requirePublished(before.observation, observation, block);
  const results =
    before.results === undefined ? undefined : reportResults(calls, intents, await world.executor.results(inclusions));
  const state: RunState = {
    block,
    highest: Math.max(block, before.highest),
    prices,
    desk: publications.desk,
    space: space.next(),
    mempool: mempool.after(block, included),
    censorship,
    randao: environment.prevRandao,
    observation,
    results,
    memories,
    // what a reorganisation took back is decided again
    interferences: [
      ...before.interferences.filter((interference) => interference.block !== block),
      ...interferences(block, flow, world.undisturbed),
    ],
    included: [...included],
    steps,
  };
  return { block, environment, calls, inclusions, mined, state };
}

/** What happens off the chain before a block: prices, demand for block space, silences of feeds. */
function outside(
  plan: RunPlan,
  before: RunState,
  block: number,
  steps: TraceStep[],
): Pick<RunState, "prices" | "space" | "desk"> {
  const prices = new Map(before.prices);
  for (const { asset, change } of plan.moves(block)) {
    const price = prices.get(asset);
    // a saved trace may move an asset that has left the scenario
    if (price === undefined || change === 0) continue;
    prices.set(asset, (price * (PPM + change)) / PPM);
    steps.push({ kind: "market", block, asset, change });
  }
  let { space, desk } = before;
  for (const change of plan.demand(block)) {
    if (change === 0) continue;
    space = space.wanted(change);
    steps.push({ kind: "gas", block, change });
  }
  for (const fault of plan.faults(block)) {
    desk = desk.failing(fault, block);
    steps.push({ ...fault, kind: "oracle", block });
  }
  return { prices, space, desk };
}

/** A feed that the builder keeps out is silent. */
function withoutCensored(desk: OracleDesk, acts: readonly BuilderAct[], block: number): OracleDesk {
  return acts.reduce((silenced, { act, sender, blocks }) => {
    if (act !== "censor" || !sender.endsWith(FEED)) return silenced;
    return silenced.failing({ oracle: sender.slice(0, -FEED.length), fault: "silent", blocks }, block);
  }, desk);
}

/** Attackers do what it takes; ordinary users and bots with a policy send to the sequencer. */
function usesLayerOne({ agents }: Scenario, agent: string): boolean {
  return agents.get(agent)?.moves?.kind === "any";
}

/** What the agents' calls of a block did, in their order. */
function reportResults(
  calls: readonly PlacedCall[],
  intents: readonly (AgentIntent | undefined)[],
  results: readonly (CallResult | undefined)[],
): readonly ActionResult[] {
  return calls.flatMap(({ call }, index): ActionResult[] => {
    const intent = intents[index];
    if (intent === undefined) return [];
    const result = results[index];
    return [
      {
        agent: intent.agent,
        call,
        included: result !== undefined,
        success: result?.success ?? false,
        returned: result?.returned ?? "0x",
      },
    ];
  });
}
