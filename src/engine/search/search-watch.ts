import type { RunTally } from "../activity/run-tally.js";
import type { SearchProgress } from "../campaign/progress.js";

/** Adds up what a person who waits for a search wants to see. */
export class SearchWatch {
  readonly #runs: number;
  readonly #tell: (progress: SearchProgress) => void;
  #finished = 0;
  #calls = 0;
  #succeeded = 0;
  #closest: SearchProgress["closest"];

  /** @param runs - that the search may use */
  constructor(runs: number, tell: (progress: SearchProgress) => void) {
    this.#runs = runs;
    this.#tell = tell;
  }

  /** A run has ended. */
  reported(tally: RunTally | undefined, lanes: number): void {
    this.#finished += 1;
    for (const functions of Object.values(tally?.calls ?? {})) {
      for (const { included, succeeded } of Object.values(functions)) {
        this.#calls += included;
        this.#succeeded += succeeded;
      }
    }
    for (const [condition, { closest }] of Object.entries(tally?.conditions ?? {})) {
      if (closest !== undefined && closest < (this.#closest?.margin ?? Infinity)) {
        this.#closest = { condition, margin: closest };
      }
    }
    this.#tell({
      phase: "searching",
      finished: this.#finished,
      runs: this.#runs,
      lanes,
      calls: this.#calls,
      succeeded: this.#succeeded,
      ...(this.#closest === undefined ? {} : { closest: this.#closest }),
    });
  }
}
