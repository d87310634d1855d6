import type { Random } from "../random.js";

import { createRandom, mixSeeds } from "../random.js";

/** What a stream besides that of the diffusion is for; the numbers seed them. */
const PURPOSES = { jumps: 1, variance: 2, withinBlocks: 3 } as const;

/** The randomness of a process, a stream for each purpose: what one of them draws moves nothing in another. */
export interface Streams {
  /**
   * Standard normals of the diffusion, in order. They are the ones that `gbm` draws with the same seed, so that models can be
   * compared on the same noise (common random numbers).
   */
  readonly diffusion: readonly number[];
  /** The stream of another purpose. */
  of(purpose: keyof typeof PURPOSES): Random;
}

/** @param steps - how many normals the diffusion needs; more of them change neither the first ones nor other streams */
export function streamsOf(random: Random, steps: number): Streams {
  const diffusion = Array.from({ length: steps }, () => random.normal());
  // a process is given no seed, so the first normal is its fingerprint: any other draw would shift those of the diffusion
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, diffusion[0] ?? 0);
  return {
    diffusion,
    of: (purpose) => createRandom(mixSeeds(bits.getInt32(0), bits.getInt32(4), PURPOSES[purpose])),
  };
}

/**
 * The normals of a diffusion in several steps a block: independent, and such that those of a block add up to its own, times the
 * root of their number. So the noise of a block is the same in however many steps it is passed.
 */
export function withinBlocks(streams: Streams, steps: number): readonly number[] {
  if (steps === 1) return streams.diffusion;
  const random = streams.of("withinBlocks");
  return streams.diffusion.flatMap((normal) => {
    const own = Array.from({ length: steps }, () => random.normal());
    const excess = own.reduce((sum, value) => sum + value, 0) / steps - normal / Math.sqrt(steps);
    return own.map((value) => value - excess);
  });
}
