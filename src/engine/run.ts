import type { ActionResult } from "../agents/agent.js";
import type { JudgeContext } from "../conditions/condition.js";
import type { Scenario } from "../scenario/scenario.js";
import type { BlockEnvironment } from "./chain.js";
import type { CallResult, Inclusion, PlacedCall } from "./executor/executor.js";
import type { Observation } from "./observation.js";
import type { Outcome, Violation } from "./outcome.js";
import type { AgentIntent, RunPlan } from "./plan.js";
import type { TraceStep } from "./trace.js";
import type { World } from "./world.js";

import { SiegeError } from "../errors.js";
import { PPM } from "../market/process.js";

import { DEFAULT_GAS, DEFAULT_TIP } from "./intent.js";
import { OracleDesk } from "./oracle-desk.js";
import { prevRandao } from "./prev-randao.js";
import { ObservedView, worth } from "./view.js";

/** One mined block of a run, for whoever records it. */
export interface MinedBlock {
  readonly block: number;
  readonly environment: BlockEnvironment;
  readonly calls: readonly PlacedCall[];
  readonly inclusions: readonly Inclusion[];
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
}

/** Where a run stands after a block, apart from the chain. Never changes: each block makes a new one. */
export interface RunState {
  /** 0 before the first. */
  readonly block: number;
  /** Fair prices by asset. */
  readonly prices: ReadonlyMap<string, number>;
  readonly desk: OracleDesk;
  readonly observation: Observation;
  /** What the calls of the block did, where somebody in the scenario wants to know it. */
  readonly results: readonly ActionResult[] | undefined;
  /** What happened so far. */
  readonly steps: readonly TraceStep[];
}

/** Where every run starts. */
export function startOf(world: World): RunState {
  return {
    block: 0,
    prices: world.prices,
    desk: OracleDesk.atStart(world),
    observation: world.start,
    results: keepsResults(world.scenario) ? [] : undefined,
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
  let state = from;
  while (state.block < plan.blocks) {
    watcher.checkpoint?.();
    const mined = await playBlock(world, plan, state, start);
    ({ state } = mined);
    await watcher.mined?.(mined);
    const violation = judge(world, viewAfter(world, state), state.observation, start);
    if (violation !== undefined) {
      return { kind: "violation", violation, trace: { steps: state.steps, blocks: state.block } };
    }
    await watcher.survived?.(state);
  }
  return { kind: "survived", blocks: plan.blocks, trace: { steps: state.steps, blocks: plan.blocks } };
}

async function playBlock(world: World, plan: RunPlan, before: RunState, start: ObservedView): Promise<MinedBlock> {
  const block = before.block + 1;
  const environment: BlockEnvironment = {
    timestamp: world.base.timestamp + block * world.scenario.blockTime,
    baseFee: world.scenario.gas.baseFee,
    prevRandao: prevRandao(block),
  };
  const steps = [...before.steps];
  const prices = new Map(before.prices);
  for (const { asset, change } of plan.moves(block)) {
    const price = prices.get(asset);
    // a saved trace may move an asset that has left the scenario
    if (price === undefined || change === 0) continue;
    prices.set(asset, (price * (PPM + change)) / PPM);
    steps.push({ kind: "market", block, asset, change });
  }
  let { desk } = before;
  for (const { oracle, blocks } of plan.silences(block)) {
    desk = desk.silenced(oracle, block, blocks);
    steps.push({ kind: "oracle", block, oracle, fault: "silent", blocks });
  }
  const { timestamp } = environment;
  const view = new ObservedView(world.frame, before.observation, { block, timestamp, prices, results: before.results });
  const publications = desk.published(view, before.observation);
  const { calls, intents } = order(publications.calls, plan.intents(view, start), world.base.gasLimit);
  const { inclusions, observation } = await world.executor.execute(environment, calls);
  for (const [index, call] of calls.entries()) {
    const intent = intents[index];
    if (intent === undefined || inclusions[index]?.kind === "refused") continue;
    steps.push(callStep(block, intent, call));
  }
  publications.desk.requirePublished(observation, block);
  const results =
    before.results === undefined ? undefined : reportResults(calls, intents, await world.executor.results(inclusions));
  const state: RunState = { block, prices, desk: publications.desk, observation, results, steps };
  return { block, environment, calls, inclusions, state };
}

/** Whether anybody wants to know what calls did. */
function keepsResults({ agents, conditions }: Scenario): boolean {
  return (
    [...agents.values()].some(({ results }) => results === true) ||
    conditions.some(({ definition }) => definition.results === true)
  );
}

function startView(world: World): ObservedView {
  const { prices, base, frame, start, scenario } = world;
  const results = keepsResults(scenario) ? [] : undefined;
  return new ObservedView(frame, start, { block: 0, timestamp: base.timestamp, prices, results });
}

function viewAfter(world: World, { block, prices, observation, results }: RunState): ObservedView {
  const timestamp = world.base.timestamp + block * world.scenario.blockTime;
  return new ObservedView(world.frame, observation, { block, timestamp, prices, results });
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
  return judge(world, start, world.start, start);
}

/** The first condition that does not hold. */
function judge(
  world: World,
  view: ObservedView,
  observation: Observation,
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

/** Orders a block by fee, as honest builders do; of equal fees, what came first stands first. */
function order(
  publications: readonly PlacedCall[],
  intents: readonly AgentIntent[],
  gasLimit: bigint,
): { readonly calls: readonly PlacedCall[]; readonly intents: readonly (AgentIntent | undefined)[] } {
  const candidates = [
    ...publications.map((call) => ({ call, intent: undefined as AgentIntent | undefined })),
    ...intents.map((intent) => ({ call: placed(intent), intent })),
  ].sort((a, b) => (a.call.tip === b.call.tip ? 0 : a.call.tip > b.call.tip ? -1 : 1));
  // a block holds what its gas limit allows; low bidders are crowded out
  let gas = 0n;
  const included = candidates.filter(({ call }) => {
    if (gas + call.gas > gasLimit) return false;
    gas += call.gas;
    return true;
  });
  return { calls: included.map(({ call }) => call), intents: included.map(({ intent }) => intent) };
}

function placed({ agent, from, intent }: AgentIntent): PlacedCall {
  return { sender: agent, from, call: intent.call, tip: intent.tip ?? DEFAULT_TIP, gas: intent.gas ?? DEFAULT_GAS };
}

function callStep(block: number, { agent, intent }: AgentIntent, { call, tip, gas }: PlacedCall): TraceStep {
  return {
    kind: "call",
    block,
    agent,
    to: call.to,
    function: call.function,
    args: call.args,
    value: call.value ?? 0n,
    tip,
    gas,
    note: intent.note,
  };
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
