import type { Genome } from "../events/genome.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Verdict, Violation } from "../run/outcome.js";

import { BUILT_IN_KINDS } from "../events/kinds.js";
import { withoutReactions } from "../events/trace.js";
import { textOf, toJson } from "../json.js";

/** The identity of a violation: a candidate counts only if it is a violation of the same cause on the same target. */
export type Sought = Pick<Violation, "cause" | "target">;

/** A violation of another cause, and a trace whose run shows it. */
export interface Met {
  readonly violation: Violation;
  readonly trace: Trace;
}

/** Plays the candidates of the minimiser, each only once. */
export class Trial {
  /** The kinds of events that traces are made of. */
  readonly kinds: EventKinds;
  readonly #sought: Sought;
  readonly #isPossible: (trace: Trace) => boolean;
  readonly #playGenome: (genome: Genome) => Promise<Verdict>;
  readonly #playTrace: (trace: Trace) => Promise<Verdict>;
  readonly #outcomes = new Map<string, Verdict>();
  readonly #met = new Map<string, Met>();

  /**
   * @param play - plays to the violation sought, past all others
   * @param isPossible - whether a trace could happen in the scenario; others are not candidates
   */
  constructor(
    sought: Sought,
    play: { genome(genome: Genome): Promise<Verdict>; trace(trace: Trace): Promise<Verdict> },
    isPossible: (trace: Trace) => boolean,
    kinds: EventKinds = BUILT_IN_KINDS,
  ) {
    this.kinds = kinds;
    this.#sought = sought;
    this.#isPossible = isPossible;
    this.#playGenome = (genome) => play.genome(genome);
    this.#playTrace = (trace) => play.trace(trace);
  }

  /** Violations of other causes that candidates showed, the first of each. */
  get met(): readonly Met[] {
    return [...this.#met.values()];
  }

  /** The trace of a genome's run up to the violation, or `undefined` if it does not end in the violation sought. */
  async genome(genome: Genome): Promise<Trace | undefined> {
    return this.#wanted(await this.#once(`genome ${toJson(genome)}`, () => this.#playGenome(genome)));
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
    return this.#once(`trace ${trace.blocks} ${String(trace.derives)} ${trace.steps.map(textOf).join()}`, () =>
      this.#playTrace(trace),
    );
  }

  async #once(key: string, play: () => Promise<Verdict>): Promise<Verdict> {
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = await play();
    this.#outcomes.set(key, outcome);
    const all = [...(outcome.kind === "violation" ? [outcome.violation] : []), ...(outcome.also ?? [])];
    for (const violation of all) {
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
