import type { ProposerOutcome } from "../../../agents/proposer.js";
import type { RunTally } from "../../activity/run-tally.js";
import type { Genome } from "../../events/genome.js";
import type { Trace } from "../../events/trace.js";
import type { Aim } from "../../run/aim.js";
import type { Harm } from "../../run/harm.js";
import type { Outcome, Verdict } from "../../run/outcome.js";
import type { GenomeWatcher, PlayCount, Player } from "../../run/player.js";
import type { Series, SeriesOf } from "../../run/series.js";

import { RunCounter } from "../../activity/run-counter.js";
import { StepWatch } from "../../proposing/step-watch.js";
import { faultOf } from "../../run/fault.js";
import { HarmWatch } from "../../run/harm.js";
import { SeriesWatch } from "../../run/series.js";

/**
 * A run to be played on a lane, in another process or from a queue. Plain data: it can be sent as text with `toJson` and
 * `fromJson`. It must be played with the same scenario on the same base state.
 */
export type RunJob = GenomeJob | TraceJob;

/** The run of a genome. */
export interface GenomeJob extends Aim {
  readonly kind: "genome";
  /** The run's place in its campaign, counted from 0; returned in the report. */
  readonly index: number;
  readonly genome: Genome;
  /** Whether to report what became of its calls and conditions, which takes time to collect. Default: only the outcome. */
  readonly tally?: boolean;
  /** Whether to report what became of each of its moves. Default: no. */
  readonly steps?: boolean;
  /** Whether to report the harm that conditions measure in it. Default: no. */
  readonly harm?: boolean;
  /** The number of a condition to report after each block. Default: none. */
  readonly series?: SeriesOf;
}

/** The run of an explicit trace. */
export interface TraceJob extends Aim {
  readonly kind: "trace";
  /** The run's place in its campaign, counted from 0; returned in the report. */
  readonly index: number;
  readonly trace: Trace;
}

/** The result of a job. Plain data, like the job itself; the same wherever it was played. */
export interface RunReport {
  /** The job's index. */
  readonly index: number;
  /** `invalid` after a fault of the infrastructure; never a verdict. */
  readonly outcome: Outcome;
  /** What was played up to the outcome. */
  readonly count: Readonly<PlayCount>;
  /** What became of the calls and conditions of the run; present if the job asks for it. */
  readonly tally?: RunTally;
  /** What became of its moves, in their order; present if the job asks for it. */
  readonly steps?: readonly ProposerOutcome[];
  /** The harm that was done in the run; present if the job asks for it. */
  readonly harm?: Harm;
  /** The number that the job asks for; present if it asks for one. */
  readonly series?: Series;
}

/**
 * Plays a job and restores the world to its base. A fault may leave the world unusable: after an `invalid` report, play
 * further jobs on a fresh one.
 *
 * @param player - on the world to play on
 * @throws SiegeError of policy `user` or `internal`, and anything else that is not an infrastructure fault, such as what
 * the player's checkpoint throws
 */
export async function playJob(player: Player, job: RunJob): Promise<RunReport> {
  const { index } = job;
  const before = { ...player.count };
  const { run, counter, harm, steps, series } = runOf(player, job);
  const outcome = await outcomeOf(run);
  const { runs, blocks, calls, trials } = player.count;
  const count = {
    runs: runs - before.runs,
    blocks: blocks - before.blocks,
    calls: calls - before.calls,
    trials: trials - before.trials,
  };
  return {
    index,
    outcome,
    count,
    ...(counter === undefined || outcome.kind === "invalid" ? {} : { tally: counter.ended(outcome) }),
    ...(steps === undefined || outcome.kind === "invalid" ? {} : { steps: steps() }),
    ...(harm === undefined || outcome.kind === "invalid" ? {} : { harm: harm.harm }),
    ...(series === undefined || outcome.kind === "invalid" ? {} : { series: series.values }),
  };
}

async function outcomeOf(run: () => Promise<Verdict>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return { kind: "invalid", error: fault };
  }
}

interface JobRun {
  readonly run: () => Promise<Verdict>;
  readonly counter?: RunCounter;
  readonly harm?: HarmWatch;
  readonly series?: SeriesWatch;
  readonly steps?: () => readonly ProposerOutcome[];
}

function runOf(player: Player, job: RunJob): JobRun {
  const aim = aimOf(job);
  if (job.kind === "trace") return { run: () => player.trace(job.trace, {}, aim) };
  const counter = job.tally === true ? new RunCounter(player.world) : undefined;
  const harm = job.harm === true ? new HarmWatch(player.world) : undefined;
  const series = job.series === undefined ? undefined : new SeriesWatch(player.world, job.series);
  const steps = job.steps === true ? new StepWatch(player.world) : undefined;
  const watcher: GenomeWatcher = {
    ...counter?.watcher,
    ...harm?.watcher,
    tried: (move, works) => {
      counter?.watcher.tried?.(move, works);
      steps?.watcher.tried?.(move, works);
    },
    mined: async (block) => {
      await counter?.watcher.mined?.(block);
      await steps?.watcher.mined?.(block);
      await harm?.watcher.mined?.(block);
      await series?.watcher.mined?.(block);
    },
    judged: (condition, outcome) => {
      counter?.watcher.judged?.(condition, outcome);
      series?.watcher.judged?.(condition, outcome);
    },
  };
  return {
    run: () => player.genome(job.genome, watcher, aim),
    ...(counter === undefined ? {} : { counter }),
    ...(harm === undefined ? {} : { harm }),
    ...(series === undefined ? {} : { series }),
    ...(steps === undefined ? {} : { steps: () => steps.of(job.genome.moves) }),
  };
}

function aimOf({ seeking, ignoring, toTheEnd }: Aim): Aim {
  return {
    ...(seeking === undefined ? {} : { seeking }),
    ...(ignoring === undefined ? {} : { ignoring }),
    ...(toTheEnd === undefined ? {} : { toTheEnd }),
  };
}
