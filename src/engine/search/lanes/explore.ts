import type { Crew, Play } from "./crew.js";
import type { RunJob, RunReport } from "./run-job.js";

import { errorOf } from "../../run/fault.js";

/** What an exploration needs. */
interface ExploreParameters<Finding, JobT extends RunJob = RunJob> {
  /** Total number of runs. */
  readonly runs: number;
  /** Runs per generation: none is dealt before all of the previous generation are done. Default: a single generation. */
  readonly generation?: number;
  /** Called between two generations. */
  readonly grown?: () => void;
  readonly crew: Crew;
  /** The job of a run, counted from 0. All runs of earlier generations have been reported. */
  readonly job: (index: number) => JobT;
  /** Called with every report, in the order in which the runs end. */
  readonly reported?: (job: JobT, report: RunReport) => void;
  /**
   * Plays a candidate for real. Nothing else is played meanwhile.
   *
   * @returns `undefined` if it violates nothing then
   */
  readonly confirm: (index: number) => Promise<Finding | undefined>;
}

/** How an exploration ended. */
interface Exploration<Finding> {
  readonly found: { readonly finding: Finding; readonly index: number } | undefined;
}

/** What is known of an exploration while it is under way. */
interface Progress {
  /** Runs that have been looked at: all those before the first that has not. */
  searched: number;
  /** Candidates that did not confirm. */
  discarded: number;
}

/**
 * Deals runs to lanes until one of them fails and is confirmed. It is always the first such run by index: a lane that
 * finds one early waits until all earlier runs are done, and no later ones are dealt. So the verdict does not
 * depend on the number of lanes, nor on which of them is faster.
 *
 * @throws what a run throws, and a SiegeError for one that is invalid, unless an earlier run fails
 */
export async function explore<Finding, JobT extends RunJob = RunJob>(
  { runs, generation = runs, grown, crew, job: jobOf, reported, confirm }: ExploreParameters<Finding, JobT>,
  progress: Progress,
): Promise<Exploration<Finding>> {
  const candidates = new Set<number>();
  let faults: { readonly index: number; readonly error: unknown }[] = [];
  let next = 0;

  const work = async (play: Play, until: number): Promise<void> => {
    while (next < Math.min(until, ...candidates) && faults.length === 0) {
      const index = next++;
      try {
        const job = jobOf(index);
        const report = await play(job);
        reported?.(job, report);
        const { outcome } = report;
        if (outcome.kind === "violation") candidates.add(index);
        if (outcome.kind === "invalid") faults.push({ index, error: errorOf(outcome.error) });
      } catch (error) {
        faults.push({ index, error });
      }
    }
  };

  for (;;) {
    // a candidate waiting for confirmation belongs to the generation that ends here
    if (next > 0 && next < runs && next % generation === 0 && candidates.size === 0) grown?.();
    const most = next + generation - (next % generation);
    const until = Math.min(runs, most, next + (await crew.shift(runs - next)));
    await crew.play((play) => work(play, until));
    faults = faults.sort((a, b) => a.index - b.index);
    const first = Math.min(...candidates);
    const fault = faults[0];
    if (fault !== undefined && fault.index < first) {
      progress.searched = fault.index;
      throw fault.error;
    }
    if (first === Infinity) {
      progress.searched = next;
      if (next >= runs) return { found: undefined };
      continue;
    }
    progress.searched = first + 1;
    const finding = await confirm(first);
    if (finding !== undefined) return { found: { finding, index: first } };
    candidates.delete(first);
    progress.discarded += 1;
    if (fault !== undefined && candidates.size === 0) throw fault.error;
  }
}
