import type { Genome } from "../../events/genome.js";
import type { Trace } from "../../events/trace.js";
import type { Outcome, Verdict } from "../../run/outcome.js";
import type { GenomeWatcher, PlayCount, Player } from "../../run/player.js";
import type { Profile } from "../../world/profile.js";
import type { World } from "../../world/world.js";
import type { Reached } from "../reached.js";

import { faultOf } from "../../run/fault.js";
import { viewAfter } from "../../run/views.js";
import { Harm } from "../harm.js";
import { ReachWatch } from "../reach-watch.js";

/**
 * A run that somebody else plays: a lane, another process, a queue. Plain data: it can be sent as text with `toJson` and
 * `fromJson`. Whoever plays it has the same scenario on the same base state.
 */
export type RunJob = GenomeJob | TraceJob;

/** The run of a genome. */
export interface GenomeJob {
  readonly kind: "genome";
  /** Which run of its campaign it is, counted from 0; it comes back with the report. */
  readonly index: number;
  readonly genome: Genome;
  /** What to report besides the outcome: `reached` is what guides a search. It costs time, and is left out by default. */
  readonly report?: readonly "reached"[];
}

/** The run of an explicit trace. */
export interface TraceJob {
  readonly kind: "trace";
  /** Which run of its campaign it is, counted from 0; it comes back with the report. */
  readonly index: number;
  readonly trace: Trace;
}

/** What came of a job. Plain data, as the job is; the same wherever it was played. */
export interface RunReport {
  /** That of the job. */
  readonly index: number;
  /** `invalid` for a fault of the infrastructure, which no verdict may follow from. */
  readonly outcome: Outcome;
  /** What was played until the outcome. */
  readonly count: Readonly<PlayCount>;
  /** What the run reached until the outcome, if the job asks for it. */
  readonly reached?: Reached;
}

/**
 * Plays a job and leaves the world at its base. Whether a world survives a fault depends on the fault: after an `invalid`
 * report, play further jobs on a fresh one.
 *
 * @param player - on the world to play on
 * @throws SiegeError of policy `user` or `internal`, and whatever else is not a fault of the infrastructure: what the
 * player's checkpoint throws, for example
 */
export async function playJob(player: Player, job: RunJob): Promise<RunReport> {
  const { index } = job;
  const before = { ...player.count };
  const { run, watch } = runOf(player, job);
  const outcome = await outcomeOf(run);
  const { runs, blocks, actions } = player.count;
  const count = { runs: runs - before.runs, blocks: blocks - before.blocks, actions: actions - before.actions };
  return { index, outcome, count, ...(watch === undefined ? {} : { reached: watch.reached }) };
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

function runOf(
  player: Player,
  job: RunJob,
): { readonly run: () => Promise<Verdict>; readonly watch: ReachWatch | undefined } {
  if (job.kind === "trace") return { run: () => player.trace(job.trace), watch: undefined };
  if (job.report?.includes("reached") !== true) return { run: () => player.genome(job.genome), watch: undefined };
  const genome = withOwnMoves(job.genome);
  const { start } = baselineOf(player.world);
  const watch = new ReachWatch(genome.moves, start);
  return { run: () => player.genome(genome, watching(player.world, watch)), watch };
}

/**
 * The genome with every move an object of its own. A mutation repeats a move as the same object, text does not keep that, and
 * the report is to be the same.
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

/** What the states of a world's runs are compared with. */
interface Baseline {
  readonly start: Profile;
  readonly harm: Harm;
}

const baselines = new WeakMap<World, Baseline>();

/** The same for all runs of a world, so it is made once. */
function baselineOf(world: World): Baseline {
  const known = baselines.get(world);
  if (known !== undefined) return known;
  const baseline = { start: world.start.profile(), harm: new Harm(world) };
  baselines.set(world, baseline);
  return baseline;
}
