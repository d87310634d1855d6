import type { Genome } from "../events/genome.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Verdict } from "../run/outcome.js";

import { BUILT_IN_KINDS } from "../events/kinds.js";
import { withoutReactions } from "../events/trace.js";
import { textOf, toJson } from "../json.js";

/** The identity of a violation: a candidate counts only if it violates the same condition on the same target. */
export interface Sought {
  readonly condition: string;
  readonly target: string;
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

  /** @param isPossible - whether a trace could happen in the scenario; others are not candidates */
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
    return this.#once(`trace ${trace.blocks} ${trace.steps.map(textOf).join()}`, () => this.#playTrace(trace));
  }

  async #once(key: string, play: () => Promise<Verdict>): Promise<Verdict> {
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = await play();
    this.#outcomes.set(key, outcome);
    return outcome;
  }

  #wanted(outcome: Verdict): Trace | undefined {
    if (outcome.kind !== "violation") return undefined;
    const { condition, target } = outcome.violation;
    if (condition !== this.#sought.condition || target !== this.#sought.target) return undefined;
    return withoutReactions(outcome.trace);
  }
}
