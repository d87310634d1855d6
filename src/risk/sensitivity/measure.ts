import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { OnLanes } from "../on-lanes.js";
import type { SensitivityOutput } from "./output.js";

import { stopWhen } from "../../engine/campaign/stop.js";
import { judgeStart } from "../../engine/run/judge.js";
import { Player } from "../../engine/run/player.js";
import { genomeSource } from "../../engine/search/genome-source.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { playIndependent } from "../independent-runs.js";

/** How a point is measured. */
interface Measuring extends OnLanes {
  readonly output: SensitivityOutput;
  readonly runs: number;
  readonly seed: number;
  /** Seconds that are left. */
  readonly timeLimit: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What was measured. */
export interface Measured {
  readonly value: number;
  readonly target: string;
  readonly forkBlock: number;
}

/**
 * Plays independent runs of a scenario, and measures its output. With the same seed, the runs of two
 * points draw the same numbers, so that what differs between them is what their parameters do.
 *
 * @throws Stop if the time is up; SiegeError `INCONCLUSIVE` if a condition tells no margin; a fault of the chain, which is no value
 */
export async function measure(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  { output, runs, seed, lanes, executor, timeLimit, signal }: Measuring,
): Promise<Measured> {
  const limits = { clock: environment.clock, timeLimit, signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  try {
    const { forkBlock } = world;
    const measured = (value: number): Measured => ({ value, target: target.name, forkBlock });
    const start = judgeStart(world);
    // every run violates what does not hold from the start
    if (start !== undefined) return measured(output === "violations" ? 1 : 0);
    const checkpoint = stopWhen(limits);
    const genome = genomeSource(world, seed);
    let violating = 0;
    let margin: number | undefined;
    await playIndependent({
      lanes,
      executor,
      player: new Player(world, checkpoint),
      checkpoint,
      environment,
      runs,
      job: (index) => ({
        genome: genome(index),
        ...(output === "violations" ? {} : { series: { condition: output.margin, number: "margin" } }),
      }),
      measure: ({ outcome, series = [] }) => {
        const margins = series.filter((told) => told !== undefined);
        return {
          violates: outcome.kind === "violation",
          margin: margins.length === 0 ? undefined : Math.min(...margins),
        };
      },
      size: ({ violates, margin: told = 1 }) => (violates ? 0 : told),
      counts: ({ violates, margin: told }) => {
        if (violates) violating += 1;
        if (told !== undefined) margin = Math.min(margin ?? 1, told);
      },
    });
    if (output === "violations") return measured(violating / runs);
    if (margin !== undefined) return measured(margin);
    throw new SiegeError("INCONCLUSIVE", {
      message: `The condition "${output.margin}" told no margin in ${runs} runs.`,
      hint: "It has none, or nobody had anything to judge: use another condition, or the share of violations.",
    });
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}
