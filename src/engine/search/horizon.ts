import type { Genome } from "../events/genome.js";
import type { World } from "../world/world.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { genesOf, withGenes } from "../events/genome.js";
import { kindsOf } from "../events/kinds.js";

/** Keeps these choices apart from what else follows from a genome's seed. */
const HORIZONS = 0x686f7269;

/** Of 100 runs, those that are shorter than the scenario says. */
const SHARE = 33;

/** The shortest part of a scenario that is played, and the fewest blocks: prices and oracles need some to do anything. */
const LEAST = { part: 4, blocks: 6 };

/**
 * The genome of a run, one in three with fewer blocks than the scenario has, and all of its moves in them: how dense an attack is must not
 * depend on how long a market its author wanted to see.
 */
export function withHorizon(world: Pick<World, "events" | "scenario">, genome: Genome): Genome {
  const least = Math.max(LEAST.blocks, Math.ceil(genome.blocks / LEAST.part));
  const random = createRandom(mixSeeds(genome.seed, HORIZONS));
  if (least >= genome.blocks || random.integer(0, 99) >= SHARE) return genome;
  const blocks = random.integer(least, genome.blocks - 1);
  const moves = genome.moves.map((move) => ({ ...move, block: ((move.block - 1) % blocks) + 1 }));
  return withGenes(
    { ...genome, blocks },
    kindsOf(world).all.map((kind) => [
      kind,
      kind.genes.field === "moves"
        ? moves.sort((a, b) => a.block - b.block)
        : genesOf(genome, kind).filter(({ block }) => block <= blocks),
    ]),
  );
}
