import type { Scenario } from "../../scenario/scenario.js";
import type { ActionResult } from "../../view/view.js";
import type { BlockEnvironment } from "../chain/chain.js";
import type { Circumstances } from "../events/kind.js";
import type { Place } from "../events/place.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { CallResult, PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { Aim } from "./aim.js";
import type { BlockSpace } from "./block-building/block-space.js";
import type { Mempool } from "./block-building/mempool.js";
import type { PaidCall } from "./fees.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";
import type { Verdict, Violation } from "./outcome.js";
import type { RunPlan } from "./plan.js";
import type { Returned } from "./seen.js";
import type { MinedBlock, RunState, RunWatcher } from "./state.js";

import { interferences } from "../../order-flow/interference.js";
import { interleaved } from "../../order-flow/interleave.js";
import { nextRandao } from "../chain/prev-randao.js";
import { callStep } from "../events/call.js";
import { kindsOf } from "../events/kinds.js";
import { marked } from "../events/place.js";
import { hasPolicySteps, stepOf } from "../events/trace.js";
import { ObservedView } from "../world/observed-view.js";

import { endOf } from "./aim.js";
import { buildBlock } from "./block-building/build-block.js";
import { succeededCalls } from "./called-back.js";
import { favoursIn } from "./favours.js";
import { feesAfter } from "./fees.js";
import { History } from "./history.js";
import { MAX_GAS } from "./intent.js";
import { judge } from "./judge.js";
import { rehearseOn } from "./rehearsal.js";
import { restBefore } from "./rest.js";
import { refusedIn } from "./rounds.js";
import { seenAfter } from "./seen.js";
import { startOf } from "./state.js";
import { startView, viewAfter } from "./views.js";

/**
 * Plays one run to a violation or to the end of its horizon. The chain is left where the run ended; `World.restore` takes
 * it back.
 *
 * @param from - the state that the chain is in
 * @param aim - at which violations it ends
 * @throws SiegeError for everything that is not a verdict
 */
export async function playRun(
  world: World,
  plan: RunPlan,
  watcher: RunWatcher = {},
  from: RunState = startOf(world),
  aim: Aim = {},
): Promise<Verdict> {
  const start = startView(world);
  const history = new History(world, plan);
  let state = from;
  let before = viewAfter(world, from);
  while (state.block < plan.blocks) {
    watcher.checkpoint?.();
    await history.about(state);
    const mined = await playBlock(world, plan, state, start);
    ({ state } = mined);
    await watcher.mined?.(mined);
    const view = viewAfter(world, state);
    const remembered = new Map(state.remembered);
    const violations = judge(world, { view, before, start }, state, remembered, (condition, outcome) => {
      watcher.judged?.(condition, outcome);
    });
    watcher.broken?.(violations);
    state = withViolations(state, violations);
    const violation = endOf(aim, violations);
    if (violation !== undefined) {
      const trace = traceOf(world, plan, state, state.highest);
      return { kind: "violation", violation, trace, ...alsoIn(state, violation) };
    }
    state = { ...state, remembered };
    before = view;
    await watcher.survived?.(state);
    const earlier = await history.reorganised(state);
    if (earlier !== undefined) {
      await watcher.reorganised?.(earlier.block);
      state = earlier;
      before = viewAfter(world, state);
    }
  }
  return { kind: "survived", blocks: plan.blocks, trace: traceOf(world, plan, state, plan.blocks), ...alsoIn(state) };
}

/** The state with the violations after its block, the first of each cause. */
function withViolations(state: RunState, violations: readonly Violation[]): RunState {
  const added = violations.filter(({ cause }) => state.violations.every((known) => known.cause !== cause));
  return added.length === 0 ? state : { ...state, violations: [...state.violations, ...added] };
}

/** The violations that a verdict has besides its own. */
function alsoIn({ violations }: RunState, own?: Violation): Pick<Verdict, "also"> {
  const also = violations.filter(({ cause }) => cause !== own?.cause);
  return also.length === 0 ? {} : { also };
}

function traceOf({ scenario }: World, { seed, derives }: RunPlan, { steps }: RunState, blocks: number): Trace {
  const runs = hasPolicySteps({ steps }) || [...scenario.agents.values()].some(({ honest }) => honest === true);
  return { steps, blocks, ...(runs ? { seed } : {}), ...(derives === undefined ? {} : { derives }) };
}

async function playBlock(world: World, plan: RunPlan, earlier: RunState, start: ObservedView): Promise<MinedBlock> {
  const block = earlier.block + 1;
  const place: Place = { block, again: block <= earlier.highest };
  const seconds = secondsBefore(world, plan, place, "seconds");
  // a block that replaces another has its timestamp
  const late = place.again ? 0 : secondsBefore(world, plan, place, "late");
  const due = late === 0 ? earlier : { ...earlier, clock: earlier.clock.late(block, late) };
  const paused = seconds === 0 ? undefined : await restBefore(world, due, seconds);
  const before = paused?.state ?? due;
  const steps = [...before.steps];
  const { prices, space, desk, acts } = happened(world, plan, before, { place, steps });
  const environment: BlockEnvironment = {
    timestamp: before.clock.at(block),
    baseFee: space.baseFee,
    prevRandao: nextRandao(before.randao),
  };
  const { results: last, seen, fees, created } = before;
  const { timestamp } = environment;
  const moment = { block, timestamp, prices, space, results: last, seen, fees, created: created.known };
  const view = new ObservedView(world.frame, before.observation, moment);
  const publications = desk.published(view, before.observation);
  const rehearse: Moment["rehearse"] = (play) => rehearseOn(world, environment, view, moment, play);
  const memories = new Map(before.memories);
  let trials = 0;
  const spent = (count: number): void => {
    trials += count;
  };
  const returned: Returned[] = [];
  const learnt = (words: readonly Returned[]): void => void returned.push(...words);
  const now = { ...place, start, environment, memories, publications: publications.calls, spent, learnt, rehearse };
  const chosen = await plan.intents({ ...now, view });
  const early = before.mempool.submitted([...before.gas.again, ...before.gas.fitted(chosen)], block);
  const pending = early.visible;
  const watching = new ObservedView(world.frame, before.observation, { ...moment, pending });
  const mempool = early.submitted(plan.reactions({ ...now, view: watching }), block);
  const censorship = before.censorship.decided(acts, block);
  // while the sequencer is down, only transactions sent through layer 1 get in
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
    steps.push(
      intent.event === undefined
        ? callStep(world, place, intent, call)
        : { kind: intent.event.kind, block, ...marked(place), values: intent.event.values },
    );
  }
  const settled = publications.desk.settled({
    before: before.observation,
    after: observation,
    timestamp: environment.timestamp,
    refused: publications.desk.needsReceipts
      ? await refusedIn(world, { calls, inclusions, isRound: (index) => intents[index] === undefined })
      : new Set(),
  });
  const results =
    before.results === undefined ? undefined : reportResults(calls, intents, await world.executor.results(inclusions));
  const ofAgents = await paidCalls(world, { calls, intents, inclusions });
  const state: RunState = {
    block,
    highest: Math.max(block, before.highest),
    clock: before.clock,
    prices,
    desk: settled.desk,
    space: space.next(),
    mempool: mempool.after(block, included),
    censorship,
    randao: environment.prevRandao,
    observation,
    seen: seenAfter(before.seen, {
      logs: ofAgents.flatMap(({ receipt }) => receipt?.logs ?? []),
      returned,
      fields: world.eventFields,
      calls: ofAgents.flatMap(({ call: { call, from }, receipt }) =>
        receipt?.success === true
          ? succeededCalls(call, from, receipt.logs).map((one, at) => ({
              ...one,
              by: from,
              // whatever a call told, the first of its parts is said to have
              ...(at === 0 ? { logs: receipt.logs } : {}),
            }))
          : [],
      ),
    }),
    fees: feesAfter(before.fees, ofAgents, environment.baseFee),
    results,
    memories,
    remembered: before.remembered,
    favours: await favoursIn(world, { calls, inclusions, before: before.observation, after: observation }),
    // a reorganised block is judged again
    interferences: [
      ...before.interferences.filter((interference) => interference.block !== block),
      ...interferences(block, flow, world.undisturbed),
    ],
    gas: await before.gas.after(world, { intents, inclusions }, mostGas(space)),
    created: await created.after(world, inclusions),
    included: [...included],
    steps,
    violations: before.violations,
  };
  const submitted = newIn(before.mempool, mempool);
  return {
    block,
    environment,
    calls,
    intents,
    inclusions,
    trials,
    submitted,
    mined,
    ...(paused === undefined ? {} : { rest: paused.rest }),
    rounds: settled.rounds,
    state,
  };
}

/** The time that passes before a block besides the time between blocks, in pauses or because the block is late, seconds. */
function secondsBefore(world: World, plan: RunPlan, place: Place, how: "seconds" | "late"): number {
  const kinds = kindsOf(world);
  return plan.events(place).reduce((sum, step) => sum + (kinds.of(step).happens?.[how]?.(step) ?? 0), 0);
}

/** The agents' calls with their receipts. */
async function paidCalls(
  { executor }: World,
  { calls, intents, inclusions }: Pick<MinedBlock, "calls" | "inclusions" | "intents">,
): Promise<readonly PaidCall[]> {
  const made = calls.flatMap((call, index) => {
    const inclusion = inclusions[index];
    return intents[index] === undefined || inclusion === undefined ? [] : [{ call, inclusion }];
  });
  if (made.length === 0) return [];
  const receipts = await executor.receipts(made.map(({ inclusion }) => inclusion));
  return made.map((one, index) => ({ ...one, receipt: receipts[index] }));
}

/** What was submitted since. */
function newIn(before: Mempool, { waiting }: Mempool): readonly AgentIntent[] {
  const old = new Set(before.waiting);
  return waiting.flatMap((pending) => (old.has(pending) ? [] : [pending.intent]));
}

/**
 * Applies the events that come before a block is executed. The market does not wait for the chain: in a block that replaces
 * another, prices stay what they were.
 */
function happened(
  world: World,
  plan: RunPlan,
  { prices, space, desk }: RunState,
  { place, steps }: { readonly place: Place; readonly steps: TraceStep[] },
): Circumstances {
  const kinds = kindsOf(world);
  let now: Circumstances = { prices, space, desk, acts: [] };
  for (const step of plan.events(place)) {
    const next = kinds.of(step).happens?.apply(step, now);
    if (next === undefined) continue;
    now = next;
    steps.push(stepOf(step));
  }
  return now;
}

/** Attackers go to any length; ordinary users and bots with a policy send to the sequencer. */
function usesLayerOne({ agents }: Scenario, agent: string): boolean {
  return agents.get(agent)?.moves?.kind === "any";
}

/** What a transaction may have: more than a block has, none can. */
function mostGas({ gasLimit }: BlockSpace): bigint {
  return gasLimit < MAX_GAS ? gasLimit : MAX_GAS;
}

/** The results of the agents' calls in a block, in order. */
function reportResults(
  calls: readonly PlacedCall[],
  intents: readonly (AgentIntent | undefined)[],
  results: readonly (CallResult | undefined)[],
): readonly ActionResult[] {
  return calls.flatMap(({ call }, index): ActionResult[] => {
    const intent = intents[index];
    if (intent === undefined || intent.event !== undefined) return [];
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
