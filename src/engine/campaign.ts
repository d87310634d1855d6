import type { Scenario } from "../scenario/scenario.js";
import type { CampaignEnvironment } from "./campaign-environment.js";
import type { CampaignCost, CampaignOptions, CampaignResult, Finding } from "./campaign-result.js";
import type { Genome } from "./genome.js";
import type { Violation } from "./outcome.js";
import type { ResolvedTarget } from "./target.js";
import type { Trace } from "./trace.js";
import type { World } from "./world.js";

import { SiegeError } from "../errors.js";

import { Case } from "./case.js";
import { Player } from "./player.js";
import { playRegressions } from "./regressions.js";
import { judgeStart } from "./run.js";
import { search } from "./search.js";
import { Stop, stopWhen } from "./stop.js";
import { openWorld } from "./world.js";

const DEFAULT_RUNS = 200;
const DEFAULT_SEED = 1;

/**
 * Regressions first, then search, minimise, confirm and explain.
 *
 * @throws SiegeError of policy `user` for what is wrong with the target or the scenario itself. Faults of the chain
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
  const player = new Player(world, stopWhen({ clock, timeLimit: options.timeLimit, signal: options.signal }));
  let searched = 0;
  let open: Case | undefined;
  const base = () => ({
    scenario: scenario.name,
    target: target.name,
    seed,
    forkBlock: world.forkBlock,
    blocks: scenario.blocks,
    discarded: 0,
    cost: costOf(player, searched, (clock() - startedAt) / 1000),
  });
  try {
    requireHolding(world);
    const regression = await playRegressions(player, environment);
    if (regression !== undefined) {
      open = regression;
    } else {
      let violation: Violation | undefined;
      let original: Trace | undefined;
      const fails = async (genome: Genome): Promise<boolean> => {
        const outcome = await player.genome(genome);
        searched += 1;
        if (outcome.kind !== "violation") return false;
        violation = outcome.violation;
        original = outcome.trace;
        return true;
      };
      const found = await search(world, { runs: options.runs ?? DEFAULT_RUNS, seed }, fails);
      if (found.kind === "exhausted" || violation === undefined || original === undefined) {
        return { kind: "survived", ...base() };
      }
      open = await Case.open(player, environment, { violation, original, genome: found.genome, seed, run: found.runs });
    }
    const finding = await open.close();
    return { kind: "violation", ...base(), finding };
  } catch (error) {
    const finding: Finding | undefined = open?.soFar();
    if (error instanceof Stop) {
      return { kind: "incomplete", reason: error.reason, error: undefined, finding, ...base() };
    }
    if (SiegeError.isSiegeError(error) && (error.policy === "infrastructure" || finding !== undefined)) {
      return { kind: "incomplete", reason: "error", error, finding, ...base() };
    }
    throw error;
  } finally {
    await world.close();
  }
}

/** A scenario whose conditions do not hold before anything happened tells nothing about the target. */
function requireHolding(world: World): void {
  const violation = judgeStart(world);
  if (violation === undefined) return;
  throw new SiegeError("BROKEN_AT_START", {
    message: `The condition "${violation.condition}" does not hold before the siege starts: ${violation.evidence.summary}.`,
    hint: "Set the target up so that it holds, or give the condition a tolerance that fits.",
  });
}

function costOf(player: Player, runs: number, seconds: number): CampaignCost {
  const { count } = player;
  return { runs, totalRuns: count.runs, blocks: count.blocks, actions: count.actions, seconds };
}
