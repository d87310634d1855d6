import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { SensitivityOutput } from "./output.js";

import { stopWhen } from "../../engine/campaign/stop.js";
import { errorOf } from "../../engine/run/fault.js";
import { judgeStart } from "../../engine/run/judge.js";
import { Player } from "../../engine/run/player.js";
import { genomeSource } from "../../engine/search/genome-source.js";
import { playJob } from "../../engine/search/lanes/run-job.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";

/** How a point is measured. */
interface Measuring {
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
 * Plays independent runs of a scenario, one transaction per call, and measures its output. With the same seed, the runs of two
 * points draw the same numbers, so that what differs between them is what their parameters do.
 *
 * @throws Stop if the time is up; SiegeError `INCONCLUSIVE` if a condition tells no margin; a fault of the chain, which is no value
 */
export async function measure(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  { output, runs, seed, timeLimit, signal }: Measuring,
): Promise<Measured> {
  const limits = { clock: environment.clock, timeLimit, signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  try {
    const { forkBlock } = world;
    const measured = (value: number): Measured => ({ value, target: target.name, forkBlock });
    const start = judgeStart(world);
    // every run violates what does not hold from the start
    if (start !== undefined) return measured(output === "violations" ? 1 : 0);
    const player = new Player(world, stopWhen(limits));
    const genome = genomeSource(world, seed);
    let violating = 0;
    let margin: number | undefined;
    for (let index = 0; index < runs; index++) {
      const job = { kind: "genome", index, genome: genome(index), tally: output !== "violations" } as const;
      const { outcome, tally } = await playJob(player, job);
      if (outcome.kind === "invalid") throw errorOf(outcome.error);
      if (outcome.kind === "violation") violating += 1;
      if (output === "violations") continue;
      const closest = tally?.conditions[output.margin]?.closest;
      if (closest !== undefined) margin = Math.min(margin ?? 1, closest);
    }
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
