import { choose } from "../../quantity/share.js";

const MILLION = 1_000_000;

interface Weighed {
  readonly entries: readonly (readonly [string, number])[];
  readonly total: number;
}

/** Of weights that are asked for again and again. */
const known = new WeakMap<object, Weighed>();

function weighed(weights: Readonly<Record<string, number>>): Weighed {
  const before = known.get(weights);
  if (before !== undefined) return before;
  const entries = Object.entries(weights);
  const now = { entries, total: entries.reduce((sum, [, weight]) => sum + weight, 0) };
  known.set(weights, now);
  return now;
}

/**
 * Operands, taken one by one: parts per million. 0 once they run out, as the function of a saved genome may take more by now.
 */
export class Operands {
  readonly #next: () => number;

  private constructor(next: () => number) {
    this.#next = next;
  }

  static of(values: readonly number[]): Operands {
    let at = 0;
    return new Operands(() => values[at++] ?? 0);
  }

  next(): number {
    return this.#next();
  }

  /** As many as are needed, derived from the next one: for lists and for calls within a call. */
  derived(): Operands {
    return Operands.from(this.next());
  }

  /** As many as are needed, derived from one. */
  static from(operand: number): Operands {
    // mulberry32, see https://github.com/cprosche/mulberry32
    let state = (operand * 4_294 + 1) >>> 0;
    return new Operands(() => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % (MILLION + 1);
    });
  }

  /** An entry of a list, each with the same probability. */
  pick<T>(list: readonly T[]): T | undefined {
    return choose(this.next(), list);
  }

  /** One of several kinds, by weight; the first for an operand of 0. */
  kind<T extends string>(weights: Readonly<Record<T, number>>): T {
    const { entries, total } = weighed(weights);
    let left = (this.next() * total) / (MILLION + 1);
    for (const [kind, weight] of entries) {
      left -= weight;
      // the keys of the record
      if (left < 0) return kind as T;
    }
    return entries[0]?.[0] as T;
  }
}
