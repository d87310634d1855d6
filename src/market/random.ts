import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A deterministic source of randomness: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [min, max]. */
  integer(min: number, max: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** One of the items; throws a RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
}

/** Makes a source from a 32-bit seed. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  return {
    next: () => uniformFloat64(generator),
    integer: (min, max) => uniformInt(generator, min, max),
    normal: () => {
      // 1 - u keeps the logarithm away from zero
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
      return radius * Math.cos(2 * Math.PI * uniformFloat64(generator));
    },
    pick: (items) => {
      const item = items[uniformInt(generator, 0, items.length - 1)];
      if (item === undefined) throw new RangeError("cannot pick from an empty list");
      return item;
    },
  };
}

/** A 32-bit seed for each combination of numbers, none of which tells anything about another (murmur3's finaliser). */
export function mixSeeds(seed: number, ...more: readonly number[]): number {
  let hash = seed;
  for (const number of more) {
    hash = Math.imul(hash ^ (number + 1), 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash | 0;
}
