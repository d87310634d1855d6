import type { JudgeContext } from "../conditions/condition.js";
import type { BlockEnvironment } from "./chain.js";
import type { Executor, Inclusion, PlacedCall } from "./executor.js";
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
  readonly observation: Observation;
}

/** What a run calls while it plays. */
export interface RunWatcher {
  /** Called before every block; throws to stop the run (time limit, interruption). */
  checkpoint?(): void;
  /** Called after every block, before it is judged. */
  mined?(block: MinedBlock): Promise<void>;
}

/**
 * Plays one run from the base of a world to a violation or the end of its horizon. The world is left where the run
 * ended; `World.restore` brings it back.
 *
 * @throws SiegeError for everything that is not a verdict
 */
export async function playRun(
  world: World,
  executor: Executor,
  plan: RunPlan,
  watcher: RunWatcher = {},
): Promise<Outcome> {
  const prices = new Map(world.prices);
  const desk = new OracleDesk(world);
  const start = new ObservedView(world.frame, world.start, {
    block: 0,
    timestamp: world.base.timestamp,
    prices: world.prices,
  });
  const steps: TraceStep[] = [];
  let observation = world.start;
  for (let block = 1; block <= plan.blocks; block++) {
    watcher.checkpoint?.();
    const environment: BlockEnvironment = {
      timestamp: world.base.timestamp + block * world.scenario.blockTime,
      baseFee: world.scenario.gas.baseFee,
      prevRandao: prevRandao(block),
    };
    for (const { asset, change } of plan.moves(block)) {
      const price = prices.get(asset);
      // a saved trace may move an asset that has left the scenario
      if (price === undefined || change === 0) continue;
      prices.set(asset, (price * (PPM + change)) / PPM);
      steps.push({ kind: "market", block, asset, change });
    }
    for (const { oracle, blocks } of plan.silences(block)) {
      desk.silence(oracle, block, blocks);
      steps.push({ kind: "oracle", block, oracle, fault: "silent", blocks });
    }
    const view = new ObservedView(world.frame, observation, {
      block,
      timestamp: environment.timestamp,
      prices: new Map(prices),
    });
    const publications = await desk.publish(view, observation);
    const { calls, intents } = order(publications, plan.intents(view, start), world.base.gasLimit);
    const inclusions = await executor.execute(environment, calls);
    for (const [index, call] of calls.entries()) {
      const intent = intents[index];
      const inclusion = inclusions[index];
      if (intent === undefined || inclusion === undefined || "refused" in inclusion) continue;
      steps.push(callStep(block, intent, call));
    }
    observation = await world.observe();
    desk.requirePublished(observation, block);
    await watcher.mined?.({ block, environment, calls, inclusions, observation });
    const judged = new ObservedView(world.frame, observation, {
      block,
      timestamp: environment.timestamp,
      prices: new Map(prices),
    });
    const violation = judge(world, observation, judged, start);
    if (violation !== undefined) return { kind: "violation", violation, trace: { steps, blocks: block } };
  }
  return { kind: "survived", blocks: plan.blocks, trace: { steps, blocks: plan.blocks } };
}

/** The first condition that does not hold before anything happened. */
export function judgeStart(world: World): Violation | undefined {
  const start = new ObservedView(world.frame, world.start, {
    block: 0,
    timestamp: world.base.timestamp,
    prices: world.prices,
  });
  return judge(world, world.start, start, start);
}

/** The first condition that does not hold. */
function judge(
  world: World,
  observation: Observation,
  view: ObservedView,
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
