import type { Draw } from "../../scenario/draw.js";
import type { Genome } from "../events/genome.js";
import type { IntervalGene } from "../events/interval.js";
import type { EventGene } from "../events/place.js";
import type { World } from "../world/world.js";

import { mixSeeds } from "../../market/random.js";
import { draws, sampled, seeds } from "../events/draw.js";
import { withGenes } from "../events/genome.js";
import { interval, intervalsIn } from "../events/interval.js";
import { kindsOf } from "../events/kinds.js";

import { nearMoments } from "./near-moments.js";

/**
 * The fresh genomes of a campaign. Each depends only on the seed and its index, so that lanes can play them in any order.
 *
 * @param seed - 32 bits
 */
export function genomeSource(world: World, seed: number): (index: number) => Genome {
  const drawn = genomes(world);
  return (index) => sampled(drawn, mixSeeds(seed, index))();
}

/** Genomes of a world, with events of all its kinds. */
export function genomes(world: World): Draw<Genome> {
  // prices are sampled when the blocks come, so the blocks are drawn first
  if (world.scenario.intervals === "fixed") return genomesWith(world, []);
  return interval.genes.draw(world).chain((genes) => genomesWith(world, genes));
}

function genomesWith(world: World, intervals: readonly IntervalGene[]): Draw<Genome> {
  const { scenario, catalogue } = world;
  const { drawn: kinds } = kindsOf(world);
  const context = { scenario, catalogue, intervals: intervalsIn(intervals, scenario) };
  const genes = Object.fromEntries(
    kinds.map((kind) => [
      kind.genes.field ?? kind.kind,
      kind === interval ? draws.constant(intervals) : kind.genes.draw(context),
    ]),
  );
  // the seed comes first: the order of the draws must not change
  return draws.record<Record<string, readonly EventGene[] | number>>({ seed: seeds(), ...genes }).map((drawn) => {
    // the types of the fields follow from how they are made
    const of = (field: string): readonly EventGene[] => drawn[field] as readonly EventGene[];
    const moments = kinds.flatMap(({ kind, genes }) =>
      of(genes.field ?? kind).flatMap((gene) => (genes.isMoment?.(gene) === true ? [gene.block] : [])),
    );
    const moves = nearMoments(of("moves") as Genome["moves"], moments, scenario.blocks);
    return withGenes(
      { seed: drawn.seed as number, blocks: scenario.blocks, muted: [] },
      kinds.map((kind) => {
        if (kind.genes.field === "moves") return [kind, moves] as const;
        const list = of(kind.genes.field ?? kind.kind);
        return [kind, kind.genes.placed?.(list, moves, scenario) ?? list] as const;
      }),
    );
  });
}
