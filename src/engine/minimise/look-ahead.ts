import type { Genome } from "../events/genome.js";
import type { Trace } from "../events/trace.js";
import type { Verdict } from "../run/outcome.js";
import type { Candidate } from "./candidate.js";
import type { Plays } from "./trial.js";

import { keyOf } from "./candidate.js";

/** Where several candidates can be played at once. */
export interface Seats {
  /** Plays a candidate as soon as a seat is free. The result is the same on every seat. */
  play(candidate: Candidate): Promise<Played>;
  /** Whether one is free that nobody waits for. */
  readonly isAnyFree: boolean;
  /** Resolves when that may have become true. */
  freed(): Promise<void>;
}

/** A played candidate. */
export interface Played {
  readonly verdict: Verdict;
  /** Called if it was asked for, and not only guessed that it would be. */
  readonly counted: () => void;
}

/** Ends work whose guesses were wrong. */
class Abandoned extends Error {}

/**
 * Answers candidates in the order in which they are asked for, and meanwhile plays those that will be asked for next if the
 * answers are what they mostly are: that a candidate no longer fails. A scout does the same work ahead and takes every
 * candidate that is not played yet for one of those; once one fails nevertheless, another starts from the beginning, with
 * what is known by then. What is asked for, and so the result, does not depend on it.
 */
export class LookAhead implements Plays {
  readonly #seats: Seats;
  readonly #started = new Map<string, Promise<Played>>();
  readonly #verdicts = new Map<string, Verdict>();
  readonly #answered = new Set<string>();
  #work: ((plays: Plays) => Promise<unknown>) | undefined;
  /** Candidates that the scout guessed; another set for every scout. */
  #guessed = new Set<string>();

  constructor(seats: Seats) {
    this.#seats = seats;
  }

  async genome(genome: Genome): Promise<Verdict> {
    return this.#asked({ kind: "genome", genome });
  }

  async trace(trace: Trace): Promise<Verdict> {
    return this.#asked({ kind: "trace", trace });
  }

  ahead(work: (plays: Plays) => Promise<unknown>): () => void {
    this.#work = work;
    this.#scout();
    return () => {
      this.#work = undefined;
      this.#guessed = new Set();
    };
  }

  /**
   * Resolves when nothing is being played any more, and forgets what has not been asked for: what it was played on may change.
   */
  async rest(): Promise<void> {
    await Promise.allSettled(this.#started.values());
    for (const key of [...this.#started.keys()]) {
      if (this.#answered.has(key)) continue;
      this.#started.delete(key);
      this.#verdicts.delete(key);
    }
  }

  async #asked(candidate: Candidate): Promise<Verdict> {
    const key = keyOf(candidate);
    const { verdict, counted } = await (this.#started.get(key) ?? this.#start(key, candidate));
    counted();
    this.#answered.add(key);
    return verdict;
  }

  #start(key: string, candidate: Candidate): Promise<Played> {
    const playing = this.#seats.play(candidate);
    this.#started.set(key, playing);
    playing.then(
      ({ verdict }) => {
        this.#verdicts.set(key, verdict);
        if (verdict.kind === "violation" && this.#guessed.has(key)) this.#scout();
      },
      () => {
        // whoever asks for it is told
      },
    );
    return playing;
  }

  #scout(): void {
    const work = this.#work;
    if (work === undefined) return;
    const guessed = new Set<string>();
    this.#guessed = guessed;
    work({
      genome: (genome) => this.#guess({ kind: "genome", genome }, guessed),
      trace: (trace) => this.#guess({ kind: "trace", trace }, guessed),
    }).catch(() => {
      // abandoned, or the work itself fails, as it will where it counts
    });
  }

  async #guess(candidate: Candidate, guessed: Set<string>): Promise<Verdict> {
    const key = keyOf(candidate);
    for (;;) {
      if (this.#guessed !== guessed) throw new Abandoned();
      const known = this.#verdicts.get(key);
      if (known !== undefined) return known;
      const isStarted = this.#started.has(key);
      if (isStarted || this.#seats.isAnyFree) {
        guessed.add(key);
        if (!isStarted) void this.#start(key, candidate);
        return candidate.kind === "trace"
          ? { kind: "survived", blocks: candidate.trace.blocks, trace: candidate.trace }
          : {
              kind: "survived",
              blocks: candidate.genome.blocks,
              trace: { steps: [], blocks: candidate.genome.blocks },
            };
      }
      await this.#seats.freed();
    }
  }
}
