import type { Hex } from "viem";

import type { ActionResult } from "../../agents/agent.js";
import type { JudgeContext } from "../../conditions/condition.js";
import type { ContractCall } from "../../protocols/call.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Pending } from "./block-building/mempool.js";
import type { BlockEnvironment } from "../chain/chain.js";
import type { Disturbance } from "../../order-flow/disturbance.js";
import type { CallResult, ExecutedBlock, Inclusion, PlacedCall } from "../world/executor/executor.js";
import type { Observation } from "../world/observation.js";
import type { Outcome, Violation } from "./outcome.js";
import type { AgentIntent, BuilderAct, Moment, Place, RunPlan } from "./plan.js";
import type { InnerCall, Trace, TraceStep } from "../events/trace.js";
import type { World } from "../world/world.js";

import { SiegeError } from "../../errors.js";
import { PPM } from "../../market/processes/process.js";

import { BlockSpace } from "./block-building/block-space.js";
import { buildBlock } from "./block-building/build-block.js";
import { Censorship } from "./block-building/builder.js";
import { interleaved } from "../../order-flow/interleave.js";
import { Mempool } from "./block-building/mempool.js";
import { disturbances } from "../../order-flow/disturbance.js";
import { History } from "./history.js";
import { FEED, OracleDesk } from "./oracle-desk.js";
import { nextRandao, prevRandao } from "../chain/prev-randao.js";
import { rehearseOn } from "./rehearsal.js";
import { ObservedView, worth } from "../world/observed-view.js";

/** One mined block of a run, for whoever records it. */
export interface MinedBlock {
  readonly block: number;
  readonly environment: BlockEnvironment;
  readonly calls: readonly PlacedCall[];
  readonly inclusions: readonly Inclusion[];
  /** All transactions of the block, recorded ones included, in their order; none where calls are batched. */
  readonly mined: ExecutedBlock["mined"];
  /** Where the run stands after it. */
  readonly state: RunState;
}

/** What a run calls while it plays. */
export interface RunWatcher {
  /** Called before every block; throws to stop the run (time limit, interruption). */
  checkpoint?(): void;
  /** Called after every block, before it is judged. */
  mined?(block: MinedBlock): Promise<void>;
  /** Called after every block that violates nothing. */
  survived?(state: RunState): Promise<void>;
  /** Called when the blocks behind one are reorganised away. */
  reorganised?(block: number): Promise<void>;
}

/** Where a run stands after a block, apart from the chain. Never changes: each block makes a new one. */
export interface RunState {
  /** 0 before the first. */
  readonly block: number;
  /** The highest block so far: after a reorganisation, the blocks up to it are built again. */
  readonly highest: number;
  /** Fair prices by asset. */
  readonly prices: ReadonlyMap<string, number>;
  readonly desk: OracleDesk;
  readonly space: BlockSpace;
  readonly mempool: Mempool;
  readonly censorship: Censorship;
  /** The prevrandao of the block, from which the next one's follows. */
  readonly randao: Hex;
  readonly observation: Observation;
  /** What the calls of the block did, where somebody in the scenario wants to know it. */
  readonly results: readonly ActionResult[] | undefined;
  /** The public transactions of the block, which a reorganisation puts back into the mempool. */
  readonly included: readonly Pending[];
  /** What agents remember, by name. */
  readonly memories: ReadonlyMap<string, unknown>;
  /** Recorded transactions that fared otherwise than without the agents, so far. */
  readonly disturbances: readonly Disturbance[];
  /** What happened so far. */
  readonly steps: readonly TraceStep[];
}

/** Where every run starts. */
export function startOf(world: World): RunState {
  return {
    block: 0,
    highest: 0,
    prices: world.prices,
    desk: OracleDesk.atStart(world),
    space: BlockSpace.atStart(world),
    mempool: Mempool.empty(world.scenario.mempool.delay),
    censorship: Censorship.none(),
    randao: prevRandao(0),
    observation: world.start,
    results: keepsResults(world.scenario) ? [] : undefined,
    included: [],
    memories: new Map(),
    disturbances: [],
    steps: [],
  };
}

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
    disturbances: [
      ...before.disturbances.filter((disturbed) => disturbed.block !== block),
      ...disturbances(block, flow, world.undisturbed),
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

/** Whether anybody wants to know what calls did. */
function keepsResults({ agents, conditions }: Scenario): boolean {
  return (
    [...agents.values()].some(({ results }) => results === true) ||
    conditions.some(({ definition }) => definition.results === true)
  );
}

/** What is seen before the first block. */
export function startView(world: World): ObservedView {
  const { prices, base, frame, start, scenario } = world;
  const space = BlockSpace.atStart(world);
  const results = keepsResults(scenario) ? [] : undefined;
  return new ObservedView(frame, start, { block: 0, timestamp: base.timestamp, prices, space, results });
}

/** What is seen after a block. */
export function viewAfter(world: World, { block, prices, space, observation, results }: RunState): ObservedView {
  const timestamp = world.base.timestamp + block * world.scenario.blockTime;
  return new ObservedView(world.frame, observation, { block, timestamp, prices, space, results });
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

/** The first condition that does not hold before anything happened. */
export function judgeStart(world: World): Violation | undefined {
  const start = startView(world);
  return judge(world, start, { observation: world.start, disturbances: [] }, start);
}

/** The first condition that does not hold. */
function judge(
  world: World,
  view: ObservedView,
  { observation, disturbances: disturbed }: Pick<RunState, "observation" | "disturbances">,
  startView: ObservedView,
): Violation | undefined {
  for (const { bound, part } of world.conditions) {
    const evidence = guarded(bound.id, view.block, () => {
      const context: JudgeContext<unknown> = {
        reading: observation.get(part),
        start: world.start.get(part),
        view,
        startView,
        target: world.target,
        disturbances: disturbed,
        worth: (account, holdings) =>
          worth(world.frame, holdings === "start" ? startView : view, account, (asset) => view.price(asset)),
      };
      return bound.judge(context);
    });
    if (evidence !== undefined) {
      return { condition: bound.id, target: world.target.name, block: view.block, evidence };
    }
  }
  return undefined;
}

function callStep(
  { scenario }: World,
  { block, again }: Place,
  { agent, intent, origin }: AgentIntent,
  { call, tip, gas }: PlacedCall,
): TraceStep {
  const reaction = origin === "policy" && scenario.agents.get(agent)?.honest === true;
  return {
    kind: "call",
    block,
    ...(again ? { again } : {}),
    ...(reaction ? { reaction } : {}),
    agent,
    to: call.to,
    function: call.function,
    args: call.args,
    ...(call.inner === undefined ? {} : { inner: call.inner.map(innerStep) }),
    value: call.value ?? 0n,
    tip,
    gas,
    note: intent.note,
  };
}

function innerStep({ to, function: item, args, value = 0n }: ContractCall): InnerCall {
  return { to, function: item, args, value };
}

function builderStep({ block, again }: Place, { act, sender, blocks }: BuilderAct): TraceStep {
  return { kind: "builder", block, ...(again ? { again } : {}), act, sender, blocks };
}

function guarded<T>(condition: string, block: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // what already says what is wrong
    if (SiegeError.isSiegeError(error)) throw error;
    throw new SiegeError("CONDITION_FAILED", {
      message: `The condition "${condition}" could not be judged after block ${block}: ${error instanceof Error ? error.message : String(error)}`,
      hint: "A condition must answer in every state; use attempt() for reads that may revert.",
      cause: error,
    });
  }
}
