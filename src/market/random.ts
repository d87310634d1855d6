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

/**
 * Mixes numbers into a 32-bit seed; the seeds of different combinations are unrelated: murmur3 over them
 * (https://github.com/aappleby/smhasher, MurmurHash3_x86_32).
 */
export function mixSeeds(...numbers: readonly number[]): number {
  let hash = 0;
  for (const number of numbers) {
    let word = Math.imul(number, 0xcc9e2d51);
    word = Math.imul(rotated(word, 15), 0x1b873593);
    hash = Math.imul(rotated(hash ^ word, 13), 5) + 0xe6546b64;
  }
  hash ^= numbers.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** A Poisson number (Knuth, *The Art of Computer Programming*, vol. 2, 3.4.1, algorithm Q). */
export function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
