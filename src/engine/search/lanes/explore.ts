import type { Crew, Play } from "./crew.js";
import type { RunJob, RunReport } from "./run-job.js";

import { errorOf } from "../../run/fault.js";

/** What an exploration needs. */
interface ExploreParameters<Finding, JobT extends RunJob = RunJob> {
  /** Total number of runs. */
  readonly runs: number;
  /** Runs per generation: none is dealt before all of the previous generation are done. Default: a single generation. */
  readonly generation?: number;
  /**
   * Called when a generation, or the search, is over, and no run of it is left to be looked at.
   *
   * @returns runs to play again first, because what plays them has changed; it is called again after them
   */
  readonly ended?: () => Promise<readonly number[]>;
  /** Asked when a generation is over: no further one is dealt if what is known is enough. */
  readonly isEnough?: () => boolean;
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
  /**
   * Called with a candidate that violates nothing then, before it is discarded.
   *
   * @returns all runs of this generation so far if they have to be played again, because what plays them has changed; it is not
   * discarded then
   */
  readonly discarding?: (index: number) => Promise<readonly number[]>;
}

/** A run that failed and was confirmed. */
interface Confirmed<Finding> {
  readonly finding: Finding;
  readonly index: number;
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
 * Whoever asks for more has changed what counts as a failure meanwhile: that run, and those after it that failed before they
 * were looked at, are played again. A run that survived would survive again.
 *
 * @throws what a run throws, and a SiegeError for one that is invalid, unless an earlier run fails
 */
export async function* explore<Finding, JobT extends RunJob = RunJob>(
  {
    runs,
    generation = runs,
    ended,
    isEnough,
    crew,
    job: jobOf,
    reported,
    confirm,
    discarding,
  }: ExploreParameters<Finding, JobT>,
  progress: Progress,
): AsyncGenerator<Confirmed<Finding>, void> {
  const candidates = new Set<number>();
  /** Runs to play again. */
  const again = new Set<number>();
  let faults: { readonly index: number; readonly error: unknown }[] = [];
  let next = 0;
  /** The last run of the generations that are over. */
  let over = 0;

  const dealt = (until: number): number | undefined => {
    const first = Math.min(...again);
    if (first < Math.min(...candidates)) {
      again.delete(first);
      return first;
    }
    return again.size === 0 && next < Math.min(until, ...candidates) ? next++ : undefined;
  };

  const work = async (play: Play, until: number): Promise<void> => {
    for (;;) {
      const index = faults.length === 0 ? dealt(until) : undefined;
      if (index === undefined) return;
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
    const isOpen = candidates.size > 0 || again.size > 0;
    // a candidate waiting for confirmation belongs to the generation that ends here
    if (next > over && (next % generation === 0 || next >= runs) && !isOpen) {
      const redone = (await ended?.()) ?? [];
      for (const index of redone) again.add(index);
      if (redone.length === 0) over = next;
      else continue;
    }
    if ((over >= runs || (over === next && next > 0 && isEnough?.() === true)) && !isOpen) {
      progress.searched = next;
      return;
    }
    const most = isOpen ? next : next + generation - (next % generation);
    const until = Math.min(runs, most, next + (await crew.shift(Math.max(1, runs - next))));
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
      continue;
    }
    progress.searched = first + 1;
    const finding = await confirm(first);
    if (finding !== undefined) {
      yield { finding, index: first };
      for (const index of [...candidates, ...faults.map((stale) => stale.index)]) again.add(index);
      candidates.clear();
      faults = [];
      continue;
    }
    const redone = (await discarding?.(first)) ?? [];
    if (redone.length > 0) {
      for (const index of [...redone, ...candidates, ...faults.map((stale) => stale.index)]) again.add(index);
      candidates.clear();
      faults = [];
      continue;
    }
    candidates.delete(first);
    progress.discarded += 1;
    if (again.size > 0) {
      // runs before the fault may still fail
      for (const { index } of faults) again.add(index);
      faults = [];
    } else if (fault !== undefined && candidates.size === 0) {
      throw fault.error;
    }
  }
}
