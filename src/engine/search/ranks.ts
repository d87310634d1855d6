import type { RunTally } from "../activity/run-tally.js";

/** Generations in which what has not succeeded is tried before anything else. */
const HOPEFUL = 3;

/**
 * How often actions have succeeded in the generations that are over: what is rare is what stands in for a refused move. And which of
 * them call agents back.
 */
export class Ranks {
  readonly #succeeded = new Map<string, number>();
  #waiting: RunTally[] = [];
  #generations = 0;
  #names: readonly string[] = [];
  #callers: readonly string[] = [];
  #insiders: readonly string[] = [];

  /** @param names - of all actions: before anything succeeded, all are equally rare */
  constructor(names: Iterable<string>) {
    for (const name of names) this.#succeeded.set(name, 0);
  }

  /** The names of the actions, the rarest first; empty before the first generation is over. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The names of the actions that were seen to call an agent back. */
  get callers(): readonly string[] {
    return this.#callers;
  }

  /** The names of the actions that have succeeded in a callback, other than those of assets' tokens. */
  get insiders(): readonly string[] {
    return this.#insiders;
  }

  /** How often each has succeeded in the generations that are over. */
  get succeeded(): ReadonlyMap<string, number> {
    return this.#succeeded;
  }

  /** Records a run. Takes effect with {@link Ranks.grow}. */
  saw(tally: RunTally): void {
    this.#waiting.push(tally);
  }

  /** Takes in what has been recorded: sums, so that the order of the runs does not matter. */
  grow(): void {
    this.#callers = this.#withMore(this.#callers, "callers");
    this.#insiders = this.#withMore(this.#insiders, "insiders");
    for (const { calls } of this.#waiting) {
      for (const functions of Object.values(calls)) {
        for (const [name, { succeeded }] of Object.entries(functions)) {
          const known = this.#succeeded.get(name);
          if (known !== undefined) this.#succeeded.set(name, known + succeeded);
        }
      }
    }
    this.#waiting = [];
    this.#generations += 1;
    const counts = [...this.#succeeded.values()].filter((count) => count > 0).sort((a, b) => a - b);
    // what never succeeds may be for others alone, an owner perhaps: it does not come first for ever
    const median = this.#generations > HOPEFUL ? (counts[Math.floor(counts.length / 2)] ?? 0) : 0;
    const rarity = (count: number): number => (count === 0 ? median : count);
    this.#names = [...this.#succeeded].sort(([, a], [, b]) => rarity(a) - rarity(b)).map(([name]) => name);
  }
  #withMore(known: readonly string[], which: "callers" | "insiders"): readonly string[] {
    const more = this.#waiting.flatMap((tally) => tally[which]).filter((name) => this.#succeeded.has(name));
    return [...new Set([...known, ...more])].sort();
  }
}
