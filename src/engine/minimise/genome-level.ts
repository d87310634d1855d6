import type { Genome, KindGene } from "../events/genome.js";
import type { EventKinds } from "../events/kinds.js";
import type { Alternatives } from "./simpler-genome.js";
import type { Trial } from "./trial.js";

import { genesOf, withGenes } from "../events/genome.js";

import { reduce } from "./reduce.js";
import { simplerGenome } from "./simpler-genome.js";

/**
 * The first level: fewer agents and fewer genes, while the policies still react, so that a smaller shock triggers a smaller
 * liquidation. Operands stay as they are; the second level shrinks amounts.
 *
 * @param alternatives - what else could have happened, for a genome with fewer moves
 * @returns a genome that violates the same condition, no gene of which can be left out
 */
export async function minimiseGenome(
  found: Genome,
  agents: readonly string[],
  trial: Trial,
  alternatives?: Alternatives,
): Promise<Genome> {
  const first = await trial.genome(found);
  if (first === undefined) return found;
  const { kinds } = trial;
  // nothing after the violation is needed, unless
  // a reorganisation takes the run back below the highest block that it reached
  const reorganised = kinds.all.some((kind) =>
    genesOf(found, kind).some((gene) => kind.happens?.reorganisation?.(gene) !== undefined),
  );
  let genome: Genome = reorganised ? found : within({ ...found, blocks: first.blocks }, kinds);

  const all = genome;
  // whoever took no part in what was found stays out of it
  const partaking = agents.filter((name) => !found.muted.includes(name));
  const mutedFirst = await trial.ahead(async (ahead) =>
    reduce(partaking, async (active) => {
      const muted = agents.filter((name) => !active.includes(name));
      return (await ahead.genome({ ...all, muted })) !== undefined;
    }),
  );
  const muted = agents.filter((name) => !mutedFirst.includes(name));
  genome = { ...genome, muted, moves: genome.moves.filter(({ agent }) => !muted.includes(agent)) };

  for (;;) {
    const before = genome;
    const fewer = await trial.ahead((ahead) => fewerGenes(before, ahead));
    genome = fewer;
    const simpler = alternatives && (await trial.ahead((ahead) => simplerGenome(fewer, alternatives, ahead)));
    // each has fewer moves than the one before
    if (simpler === undefined) return genome;
    genome = simpler;
  }
}

async function fewerGenes(genome: Genome, trial: Trial): Promise<Genome> {
  const { kinds } = trial;
  const genes = await reduce(
    allGenes(genome, kinds),
    async (kept) => (await trial.genome(withOnly(genome, kept, kinds))) !== undefined,
  );
  return withOnly(genome, genes, kinds);
}

function within(genome: Genome, kinds: EventKinds): Genome {
  const inside = allGenes(genome, kinds).filter(({ gene }) => gene.block <= genome.blocks);
  return withOnly(genome, inside, kinds);
}

/** What is executed last is left out first: calls before the market moves that they respond to. */
function allGenes(genome: Genome, { all }: EventKinds): readonly KindGene[] {
  return all.toReversed().flatMap((kind) => genesOf(genome, kind).map((gene) => ({ kind, gene })));
}

function withOnly(genome: Genome, genes: readonly KindGene[], { drawn }: EventKinds): Genome {
  return withGenes(
    genome,
    drawn.map((kind) => [kind, genes.filter((entry) => entry.kind === kind).map(({ gene }) => gene)] as const),
  );
}
