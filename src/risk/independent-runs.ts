import type { Player } from "../engine/run/player.js";
import type { SearchEnvironment } from "../engine/search/campaign-search.js";
import type { Crew } from "../engine/search/lanes/crew.js";
import type { GenomeJob, RunReport } from "../engine/search/lanes/run-job.js";
import type { OnLanes } from "./on-lanes.js";

import { errorOf } from "../engine/run/fault.js";
import { SeriesWatch } from "../engine/run/series.js";
import { Comparison } from "../engine/search/comparison.js";
import { crewOf } from "../engine/search/lanes/crew-of.js";
import { disagreementOn } from "../engine/search/lanes/disagreement.js";
import { Lanes } from "../engine/search/lanes/lanes.js";
import { onlyAsTransactions } from "../engine/search/lanes/only-as-transactions.js";
import { playJob } from "../engine/search/lanes/run-job.js";
import { SiegeError } from "../errors.js";

/** Runs after which lanes are compared with the connection. */
const GENERATION = 32;

/** With fewer runs, opening a lane and comparing it takes longer than they do on the connection. */
const FEWEST_ON_LANES = 8;

/** Independent runs of one world. */
interface IndependentRuns<ValueT> extends OnLanes {
  /** Plays on the user's connection. */
  readonly player: Player;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
  readonly environment: SearchEnvironment;
  readonly runs: number;
  /** The job of a run, counted from 0. */
  readonly job: (index: number) => Pick<GenomeJob, "genome" | "series" | "toTheEnd">;
  /** What is measured in a run. @throws SiegeError if it cannot be */
  readonly measure: (report: RunReport) => ValueT;
  /** What is measured as a number: runs with the least and the greatest so far are compared. */
  readonly size: (value: ValueT) => number;
  /** Called with what was measured in every run that counts, in their order. */
  readonly counts: (value: ValueT, index: number) => void;
  /** Called once for every run, when it is first over. */
  readonly played?: () => void;
}

/**
 * Plays runs of which something is measured: on lanes, as long as these do what the connection does, one transaction per call. The
 * first run, one of every generation in which calls end in new ways, and those in which most and least was measured, are played in
 * both, and compared call by call, read by read, and by what is measured. If they differ, or a lane cannot play one, all are played on
 * the connection, and so are runs of which there are only a few. What counts does not depend on the number of lanes.
 *
 * @throws what stops it, with the runs before counted; SiegeError for a fault of the chain, which is no value
 */
export async function playIndependent<ValueT>(work: IndependentRuns<ValueT>): Promise<void> {
  const told = new Set<number>();
  const played = (index: number): void => {
    if (told.has(index)) return;
    told.add(index);
    work.played?.();
  };
  if (await playedOnLanes(work, played)) return;
  for (let index = 0; index < work.runs; index++) {
    const value = await measuredHere(work, index);
    work.counts(value, index);
    played(index);
  }
}

async function measuredHere<ValueT>(work: IndependentRuns<ValueT>, index: number): Promise<ValueT> {
  return measured(work, await playJob(work.player, jobOf(work, index)));
}

function measured<ValueT>({ measure }: IndependentRuns<ValueT>, report: RunReport): ValueT {
  if (report.outcome.kind === "invalid") throw errorOf(report.outcome.error);
  return measure(report);
}

function jobOf({ job }: Pick<IndependentRuns<unknown>, "job">, index: number): GenomeJob {
  return { kind: "genome", index, ...job(index) };
}

/** @returns whether all runs count */
async function playedOnLanes<ValueT>(work: IndependentRuns<ValueT>, played: (index: number) => void): Promise<boolean> {
  const { runs, executor, environment, player } = work;
  const { hardfork, openNetwork, openChannel } = environment;
  if (runs < FEWEST_ON_LANES || executor === "faithful" || onlyAsTransactions(player.world)) return false;
  const asked = openChannel === undefined ? "batched" : "solidity";
  const lanes = await Lanes.of(player.world, { hardfork, openNetwork, openChannel, executor: asked });
  try {
    const first = await new LaneRuns(work, lanes, played).play();
    // what the test runner does differently, a batch may not
    const end = first === "other lanes" ? await new LaneRuns(work, lanes, played).play() : first;
    return end === "same";
  } finally {
    // the first fault is the one to report
    await lanes.close().catch(() => undefined);
  }
}

/** Runs on lanes of one kind. */
class LaneRuns<ValueT> {
  readonly #work: IndependentRuns<ValueT>;
  readonly #lanes: Lanes;
  readonly #crew: Crew;
  readonly #kind: Lanes["rules"]["executor"];
  readonly #played: (index: number) => void;
  readonly #comparison = new Comparison();
  readonly #values: { readonly value: ValueT }[] = [];
  readonly #compared = new Set<number>();
  /** Runs that a lane could not play, or in which nothing could be measured. */
  readonly #failed: number[] = [];

  constructor(work: IndependentRuns<ValueT>, lanes: Lanes, played: (index: number) => void) {
    const { lanes: size, checkpoint } = work;
    this.#work = work;
    this.#lanes = lanes;
    this.#crew = crewOf(lanes, { size, clock: work.environment.clock, checkpoint });
    this.#kind = lanes.rules.executor;
    this.#played = played;
  }

  /** @returns whether they were as on the connection; `other lanes`: they may be on those that are opened from now on */
  async play(): Promise<"same" | "different" | "other lanes"> {
    const { runs } = this.#work;
    try {
      if (!(await this.#isSame(0))) return "different";
      for (let first = 0; first < runs && this.#lanes.rules.executor === this.#kind; first += GENERATION) {
        await this.#generation(first, Math.min(runs, first + GENERATION));
        const [failed] = this.#failed.sort((one, other) => one - other);
        // here, too, or it is the lane that differs
        if (failed !== undefined) await measuredHere(this.#work, failed);
        if (failed !== undefined) return "different";
        for (const next of new Set([...this.#extremes(), this.#comparison.next()])) {
          if (next !== undefined && !(await this.#isSame(next))) return "different";
        }
        this.#comparison.forget();
      }
    } catch (error) {
      this.#count();
      throw error;
    }
    if (this.#lanes.rules.executor !== this.#kind) return "other lanes";
    this.#count();
    return "same";
  }

  #count(): void {
    for (let index = 0; ; index++) {
      const known = this.#values[index];
      if (known === undefined) return;
      this.#work.counts(known.value, index);
    }
  }

  /** The runs of the least and the greatest value, the first of several, if they were not compared before. */
  #extremes(): readonly number[] {
    const sizes = this.#values.map(({ value }) => this.#work.size(value));
    let [least, most] = [0, 0];
    for (const [index, size] of sizes.entries()) {
      if (size < (sizes[least] ?? size)) least = index;
      if (size > (sizes[most] ?? size)) most = index;
    }
    return [least, most].filter((index) => !this.#compared.has(index));
  }

  async #isSame(index: number): Promise<boolean> {
    const { player, checkpoint } = this.#work;
    const { genome, series, toTheEnd } = this.#work.job(index);
    this.#comparison.compared(index);
    this.#compared.add(index);
    const disagreement = await disagreementOn(this.#lanes, player, {
      genome,
      run: index + 1,
      checkpoint,
      ...(toTheEnd === undefined ? {} : { aim: { toTheEnd } }),
      ...(series === undefined
        ? {}
        : {
            measure: (world) => {
              const { watcher, values } = new SeriesWatch(world, series);
              return { watcher, text: () => values.join() };
            },
          }),
    });
    return disagreement === undefined;
  }

  /** @throws the error of the first run that has one */
  async #generation(first: number, last: number): Promise<void> {
    const faults: { readonly index: number; readonly error: unknown }[] = [];
    let next = first;
    while (next < last) {
      const until = Math.min(last, next + (await this.#crew.shift(this.#work.runs - next)));
      await this.#crew.play(async (play) => {
        while (next < until && faults.length === 0) {
          const index = next++;
          try {
            this.#report(index, await play({ ...jobOf(this.#work, index), tally: true }));
          } catch (error) {
            faults.push({ index, error });
          }
        }
      });
      const [fault] = faults.sort((one, other) => one.index - other.index);
      if (fault !== undefined) throw fault.error;
    }
  }

  #report(index: number, report: RunReport): void {
    try {
      this.#values[index] = { value: measured(this.#work, report) };
    } catch (error) {
      if (!SiegeError.isSiegeError(error)) throw error;
      this.#failed.push(index);
      return;
    }
    if (report.tally !== undefined) this.#comparison.reported(index, report.tally);
    this.#played(index);
  }
}
