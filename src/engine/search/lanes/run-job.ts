import type { RunTally } from "../../activity/run-tally.js";
import type { Genome } from "../../events/genome.js";
import type { Trace } from "../../events/trace.js";
import type { Aim } from "../../run/aim.js";
import type { Outcome, Verdict } from "../../run/outcome.js";
import type { GenomeWatcher, PlayCount, Player } from "../../run/player.js";
import type { Profile } from "../../world/profile.js";
import type { World } from "../../world/world.js";
import type { Reached } from "../reached.js";

import { RunCounter } from "../../activity/run-counter.js";
import { faultOf } from "../../run/fault.js";
import { viewAfter } from "../../run/views.js";
import { Harm } from "../harm.js";
import { ReachWatch } from "../reach-watch.js";

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
  /** What to report besides the outcome. `reached`, which guides a search, takes time to collect. Default: nothing. */
  readonly report?: readonly ("reached" | "tally")[];
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
  /** What the run reached up to the outcome; present if the job asks for it. */
  readonly reached?: Reached;
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
  const { run, watch, counter } = runOf(player, job);
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
    ...(watch === undefined ? {} : { reached: watch.reached }),
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
  readonly watch?: ReachWatch;
  readonly counter?: RunCounter;
}

function runOf(player: Player, job: RunJob): JobRun {
  const aim = aimOf(job);
  if (job.kind === "trace") return { run: () => player.trace(job.trace, {}, aim) };
  const asked = new Set(job.report);
  const counter = asked.has("tally") ? new RunCounter(player.world) : undefined;
  if (!asked.has("reached")) {
    const run = (): Promise<Verdict> => player.genome(job.genome, counter?.watcher, aim);
    return counter === undefined ? { run } : { run, counter };
  }
  const genome = withOwnMoves(job.genome);
  const { start } = baselineOf(player.world);
  const watch = new ReachWatch(genome.moves, start);
  const watcher = watching(player.world, watch);
  if (counter === undefined) return { run: () => player.genome(genome, watcher, aim), watch };
  return { run: () => player.genome(genome, both(counter.watcher, watcher), aim), watch, counter };
}

function aimOf({ seeking, ignoring }: Aim): Aim {
  return { ...(seeking === undefined ? {} : { seeking }), ...(ignoring === undefined ? {} : { ignoring }) };
}

function both(one: GenomeWatcher, other: GenomeWatcher): GenomeWatcher {
  return {
    mined: async (block) => {
      await one.mined?.(block);
      await other.mined?.(block);
    },
    tried: (move, view) => {
      one.tried?.(move, view);
      other.tried?.(move, view);
    },
    judged: (condition, outcome) => {
      one.judged?.(condition, outcome);
      other.judged?.(condition, outcome);
    },
  };
}

/**
 * The genome with a separate object for every move. A mutation repeats a move as the same object; JSON loses that identity,
 * and the report must not depend on it.
 */
function withOwnMoves(genome: Genome): Genome {
  if (new Set(genome.moves).size === genome.moves.length) return genome;
  return { ...genome, moves: genome.moves.map((move) => ({ ...move })) };
}

function watching(world: World, watch: ReachWatch): GenomeWatcher {
  const { harm } = baselineOf(world);
  return {
    mined: async ({ block, state }) => {
      const view = viewAfter(world, state);
      watch.after(block, view.profile(), harm.after(view));
    },
    tried: (move, view) => {
      if (view === undefined) watch.idle(move);
      else watch.within(move, view.profile(), harm.within(view));
    },
  };
}

/** The baseline with which the states of a world's runs are compared. */
interface Baseline {
  readonly start: Profile;
  readonly harm: Harm;
}

const baselines = new WeakMap<World, Baseline>();

/** Made once per world: it is the same for all runs. */
function baselineOf(world: World): Baseline {
  const known = baselines.get(world);
  if (known !== undefined) return known;
  const baseline = { start: world.start.profile(), harm: new Harm(world) };
  baselines.set(world, baseline);
  return baseline;
}
