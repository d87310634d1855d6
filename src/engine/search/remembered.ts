import type { RunTally } from "../activity/run-tally.js";

import { mixSeeds } from "../../market/random.js";

/** The most calls of an action that are remembered. */
const MOST = 6;

/**
 * What calls were built from that succeeded and moved something, in the generations that are over: of each action a few. Where three
 * arguments have to be right at once, guessing all of them again is what most of the luck would go into.
 */
export class Remembered {
  readonly #kept = new Map<string, Map<string, readonly number[]>>();
  #waiting: RunTally[] = [];
  #calls: Readonly<Record<string, readonly (readonly number[])[]>> | undefined;

  /** The operands of calls, by the name of the action; `undefined` before any is known. */
  get calls(): Readonly<Record<string, readonly (readonly number[])[]>> | undefined {
    return this.#calls;
  }

  /** Records a run. Takes effect with {@link Remembered.grow}. */
  saw(tally: RunTally): void {
    this.#waiting.push(tally);
  }

  /** Takes in what has been recorded. Which calls are kept follows from these alone, so that the order of the runs does not matter. */
  grow(): void {
    for (const { accepted } of this.#waiting) {
      for (const [action, calls] of Object.entries(accepted)) {
        const kept = this.#kept.get(action) ?? new Map<string, readonly number[]>();
        for (const operands of calls) kept.set(operands.join(), operands);
        this.#kept.set(action, kept);
      }
    }
    this.#waiting = [];
    for (const [action, kept] of this.#kept) {
      const chosen = [...kept]
        .sort(([a, one], [b, other]) => mixSeeds(...one) - mixSeeds(...other) || (a < b ? -1 : 1))
        .slice(0, MOST);
      this.#kept.set(action, new Map(chosen));
    }
    if (this.#kept.size === 0) return;
    const actions = [...this.#kept].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#calls = Object.fromEntries(actions.map(([action, kept]) => [action, [...kept.values()]]));
  }
}
