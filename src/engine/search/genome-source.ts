import type { Draw } from "../../scenario/draw.js";
import type { LooseMove } from "../events/call.js";
import type { Genome } from "../events/genome.js";
import type { EventGene } from "../events/place.js";
import type { World } from "../world/world.js";

import { mixSeeds } from "../../market/random.js";
import { looseMoves } from "../events/call.js";
import { draws, sampled, seeds } from "../events/draw.js";
import { withGenes } from "../events/genome.js";
import { kindsOf } from "../events/kinds.js";

/**
 * The genomes of a campaign: any of them at any time, each fixed by the seed and its place, so that lanes can play them in
 * any order.
 *
 * @param seed - 32 bits
 */
export function genomeSource(world: World, seed: number): (index: number) => Genome {
  const drawn = genomes(world);
  return (index) => sampled(drawn, mixSeeds(seed, index))();
}

/**
 * Moves of a world's agents, each kind with the same probability; those of a seed one after the other.
 *
 * @returns `undefined` where no agent makes free moves
 */
export function moveSource(world: World): ((seed: number) => () => LooseMove) | undefined {
  const moves = looseMoves(world);
  return moves === undefined ? undefined : (seed) => sampled(moves, seed);
}

/** Genomes of a world: events of all its kinds. */
export function genomes(world: World): Draw<Genome> {
  const { scenario } = world;
  const { drawn: kinds } = kindsOf(world);
  const genes = Object.fromEntries(kinds.map((kind) => [kind.genes.field ?? kind.kind, kind.genes.draw(world)]));
  // the seed first: its draw is as old as the others
  return draws.record<Record<string, readonly EventGene[] | number>>({ seed: seeds(), ...genes }).map((drawn) => {
    // what the two kinds of fields are is known from how they are made
    const of = (field: string): readonly EventGene[] => drawn[field] as readonly EventGene[];
    const moves = of("moves") as Genome["moves"];
    return withGenes(
      { seed: drawn.seed as number, blocks: scenario.blocks, muted: [] },
      kinds.map((kind) => {
        const list = of(kind.genes.field ?? kind.kind);
        return [kind, kind.genes.placed?.(list, moves, scenario) ?? list] as const;
      }),
    );
  });
}
