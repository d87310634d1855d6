import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { RunTally } from "../activity/run-tally.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { CampaignResult, SurvivedResult } from "./campaign-result.js";
import type { Finding } from "./finding.js";
import type { CampaignOptions } from "./options.js";

import { SiegeError } from "../../errors.js";
import { activityOf } from "../activity/activity-of.js";
import { doubtsOf } from "../activity/doubts.js";
import { judgeStart } from "../run/judge.js";
import { Player } from "../run/player.js";
import { CampaignSearch } from "../search/campaign-search.js";
import { openWorld } from "../world/world.js";

import { Case } from "./case.js";
import { playRegressions } from "./regressions.js";
import { Stop, stopWhen } from "./stop.js";

const DEFAULT_RUNS = 200;
const DEFAULT_SEED = 1;

/**
 * Runs a campaign: plays regressions first, then searches, minimises, confirms and explains.
 *
 * @throws SiegeError of policy `user` if the target or the scenario itself is wrong. Faults of the chain
 * during the campaign end in an `incomplete` result that keeps what was found.
 */
export async function runCampaign(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  options: CampaignOptions = {},
): Promise<CampaignResult> {
  const { clock } = environment;
  const startedAt = clock();
  const seed = options.seed ?? DEFAULT_SEED;
  const world = await openWorld(environment, target, scenario);
  const checkpoint = stopWhen({ clock, timeLimit: options.timeLimit, signal: options.signal });
  const player = new Player(world, checkpoint);
  const exploration = new CampaignSearch(player, checkpoint, environment, {
    runs: options.runs ?? DEFAULT_RUNS,
    seed,
    lanes: options.lanes ?? "auto",
    executor: options.executor ?? "batched",
  });
  const seconds = (): number => (clock() - startedAt) / 1000;
  let searchSeconds: number | undefined;
  let open: Case | undefined;
  const base = () => ({
    scenario: scenario.name,
    target: target.name,
    seed,
    forkBlock: world.forkBlock,
    blocks: scenario.blocks,
    discarded: exploration.discarded,
    explored: exploration.explored,
    activity: activityOf(world, exploration.tally),
    cost: { ...exploration.cost, seconds: seconds(), searchSeconds: searchSeconds ?? seconds() },
  });
  let isFaulty = false;
  try {
    await world.chain.requireSameUpstream();
    requireHolding(world);
    const regression = await playRegressions(player, environment);
    if (regression !== undefined) {
      open = regression;
    } else {
      const found = await exploration.run();
      searchSeconds = seconds();
      await world.chain.requireSameUpstream();
      if (found === undefined) return unviolated(world, exploration.tally, base());
      open = await Case.open(player, environment, found);
    }
    const finding = await open.close();
    return { kind: "violation", ...base(), finding };
  } catch (error) {
    const finding: Finding | undefined = open?.soFar();
    if (error instanceof Stop) {
      return { kind: "incomplete", reason: error.reason, error: undefined, finding, ...base() };
    }
    isFaulty = SiegeError.isSiegeError(error) && error.policy === "infrastructure";
    if (SiegeError.isSiegeError(error) && (error.policy === "infrastructure" || finding !== undefined)) {
      return { kind: "incomplete", reason: "error", error, finding, ...base() };
    }
    throw error;
  } finally {
    await close(world, isFaulty);
  }
}

/** Gives the connection back. After a fault, the chain may not even answer to that; the fault is what to report. */
async function close(world: World, isFaulty: boolean): Promise<void> {
  try {
    await world.close();
  } catch (error) {
    if (!isFaulty) throw error;
  }
}

/** A campaign without a violation: the target survived, if it was exercised and judged. */
function unviolated(world: World, tally: RunTally, base: Omit<SurvivedResult, "kind">): CampaignResult {
  const doubts = doubtsOf(world, base.activity, tally);
  return doubts.length === 0 ? { kind: "survived", ...base } : { kind: "inconclusive", doubts, ...base };
}

/** A scenario whose conditions are violated from the start says nothing about the target. */
function requireHolding(world: World): void {
  const violation = judgeStart(world);
  if (violation === undefined) return;
  throw new SiegeError("BROKEN_AT_START", {
    message: `The condition "${violation.condition}" is violated before the siege starts: ${violation.evidence.summary}.`,
    hint: "Set up the target so that the condition holds, or give the condition a suitable tolerance.",
  });
}
