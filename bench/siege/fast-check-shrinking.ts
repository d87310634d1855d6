import type { Genome } from "../../src/engine/events/genome.js";
import type { Sought } from "../../src/engine/minimise/trial.js";
import type { Player } from "../../src/engine/run/player.js";
import type { World } from "../../src/engine/world/world.js";

import { isDeepStrictEqual } from "node:util";

import * as fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

import { arbitraryOf } from "../../src/engine/events/draw.js";
import { genomes, genomeSource } from "../../src/engine/search/genome-source.js";
import { mixSeeds } from "../../src/market/random.js";

/** A genome's origin: a search's seed and the index of a run in it. */
export interface GenomePlace {
  readonly seed: number;
  readonly index: number;
}

/**
 * Shrinks a genome with fast-check alone, to its own local minimum.
 *
 * @param interrupted - queried before every candidate; the result so far is then returned
 * @returns steps of the trace of the last genome that failed
 */
export async function shrinkWithFastCheck(
  player: Player,
  { seed, index }: GenomePlace,
  { cause, target }: Sought,
  interrupted: () => boolean,
): Promise<number> {
  const found = genomeSource(player.world, seed)(index);
  let steps = 0;
  let first = true;
  const survives = async (genome: Genome): Promise<boolean> => {
    if (first && !isDeepStrictEqual(genome, found)) throw new Error("fast-check does not start from the finding.");
    first = false;
    const outcome = await player.genome(genome);
    if (outcome.kind !== "violation") return true;
    if (outcome.violation.cause !== cause || outcome.violation.target !== target) return true;
    // it continues from every failing candidate, so the last one is the smallest
    steps = outcome.trace.steps.length;
    return false;
  };
  const property = fc.asyncProperty(new OneGenome(player.world, { seed, index }, interrupted), survives);
  // like our minimiser, it plays no candidate twice
  const { failed } = await fc.check(property, { seed, numRuns: 1, ignoreEqualValues: true });
  if (!failed) throw new Error("The finding does not fail when fast-check plays it.");
  return steps;
}

/**
 * Generates exactly one genome of a search, together with what fast-check needs to shrink it: mapped and chained
 * values, given as examples, would not shrink.
 */
class OneGenome extends fc.Arbitrary<Genome> {
  readonly #genomes: fc.Arbitrary<Genome>;
  readonly #place: GenomePlace;
  readonly #interrupted: () => boolean;

  constructor(world: World, place: GenomePlace, interrupted: () => boolean) {
    super();
    this.#genomes = arbitraryOf(genomes(world));
    this.#place = place;
    this.#interrupted = interrupted;
  }

  override generate(): fc.Value<Genome> {
    // as genomeSource does
    const { seed, index } = this.#place;
    return this.#genomes.generate(new fc.Random(xoroshiro128plus(mixSeeds(seed, index))), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Genome {
    return this.#genomes.canShrinkWithoutContext(value);
  }

  override shrink(value: Genome, context: unknown): fc.Stream<fc.Value<Genome>> {
    return this.#genomes.shrink(value, context).takeWhile(() => !this.#interrupted());
  }
}
