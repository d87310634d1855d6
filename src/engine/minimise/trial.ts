import type { Genome } from "../events/genome.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Verdict, Violation } from "../run/outcome.js";
import type { Candidate } from "./candidate.js";

import { BUILT_IN_KINDS } from "../events/kinds.js";
import { withoutReactions } from "../events/trace.js";

import { keyOf } from "./candidate.js";

/** The identity of a violation: a candidate counts only if it is a violation of the same cause on the same target. */
export type Sought = Pick<Violation, "cause" | "target">;

/** A violation of another cause, and a trace whose run shows it. */
export interface Met {
  readonly violation: Violation;
  readonly trace: Trace;
}

/** How candidates are played: to the violation sought, past all others. */
export interface Plays {
  readonly genome: (genome: Genome) => Promise<Verdict>;
  readonly trace: (trace: Trace) => Promise<Verdict>;
  /**
   * Called with work that is about to be done on these plays: they may do it themselves, to play candidates before they are
   * asked for.
   *
   * @returns ends that
   */
  ahead?(work: (plays: Plays) => Promise<unknown>): () => void;
}

/** Plays the candidates of the minimiser, each only once. */
export class Trial {
  /** The kinds of events that traces are made of. */
  readonly kinds: EventKinds;
  readonly #sought: Sought;
  readonly #isPossible: (trace: Trace) => boolean;
  readonly #plays: Plays;
  readonly #outcomes = new Map<string, Verdict>();
  readonly #met = new Map<string, Met>();

  /** @param isPossible - whether a trace could happen in the scenario; others are not candidates */
  constructor(sought: Sought, plays: Plays, isPossible: (trace: Trace) => boolean, kinds: EventKinds = BUILT_IN_KINDS) {
    this.kinds = kinds;
    this.#sought = sought;
    this.#isPossible = isPossible;
    this.#plays = plays;
  }

  /** Violations of other causes that candidates showed, the first of each. */
  get met(): readonly Met[] {
    return [...this.#met.values()];
  }

  /**
   * Does work that tries candidates, one after another. It may be done several times at once, with trials that guess, so it must
   * have no effect but its result.
   */
  async ahead<T>(work: (trial: Trial) => Promise<T>): Promise<T> {
    const end = this.#plays.ahead?.((plays) => work(new Trial(this.#sought, plays, this.#isPossible, this.kinds)));
    try {
      return await work(this);
    } finally {
      end?.();
    }
  }

  /** The same trial, in which what fails has to fail for a judge, too, whose verdict it is then. */
  confirmedBy(judge: Trial): Trial {
    const played = async (candidate: Candidate): Promise<Verdict> => {
      const outcome = await this.#once(candidate);
      return outcome.kind === "violation" ? judge.#once(candidate) : outcome;
    };
    const plays: Plays = {
      genome: (genome) => played({ kind: "genome", genome }),
      trace: (trace) => played({ kind: "trace", trace }),
    };
    return new Trial(this.#sought, plays, this.#isPossible, this.kinds);
  }

  /** The trace of a genome's run up to the violation, or `undefined` if it does not end in the violation sought. */
  async genome(genome: Genome): Promise<Trace | undefined> {
    return this.#wanted(await this.#once({ kind: "genome", genome }));
  }

  /**
   * The trace as it was played up to the violation (cut there, in the order of execution), or `undefined` if it does
   * not end in the violation sought or is impossible.
   */
  async trace(trace: Trace): Promise<Trace | undefined> {
    if (!this.#isPossible(trace)) return undefined;
    return this.#wanted(await this.outcome(trace));
  }

  /** How a trace ends. */
  async outcome(trace: Trace): Promise<Verdict> {
    return this.#once({ kind: "trace", trace });
  }

  async #once(candidate: Candidate): Promise<Verdict> {
    const key = keyOf(candidate);
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = await (candidate.kind === "genome"
      ? this.#plays.genome(candidate.genome)
      : this.#plays.trace(candidate.trace));
    this.#outcomes.set(key, outcome);
    for (const violation of shownBy(outcome)) {
      if (violation.cause === this.#sought.cause) continue;
      if (!this.#met.has(violation.cause)) this.#met.set(violation.cause, { violation, trace: outcome.trace });
    }
    return outcome;
  }

  #wanted(outcome: Verdict): Trace | undefined {
    if (outcome.kind !== "violation") return undefined;
    const { cause, target } = outcome.violation;
    if (cause !== this.#sought.cause || target !== this.#sought.target) return undefined;
    return withoutReactions(outcome.trace);
  }
}

/** All violations that a run showed. */
export function shownBy(outcome: Verdict): readonly Violation[] {
  return [...(outcome.kind === "violation" ? [outcome.violation] : []), ...(outcome.also ?? [])];
}
