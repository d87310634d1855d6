import type { Genome, MarketGene, MoveGene, OracleGene } from "../genome.js";
import type { Trial } from "./trial.js";

import { reduce } from "./reduce.js";

type Gene =
  | { readonly kind: "market"; readonly gene: MarketGene }
  | { readonly kind: "oracle"; readonly gene: OracleGene }
  | { readonly kind: "move"; readonly gene: MoveGene };

/**
 * The first level: fewer agents and fewer genes, while the policies still react; a smaller shock meets a smaller
 * liquidation. Operands stay as they are: amounts are the second level's business.
 *
 * @returns a genome that violates the same condition, no gene of which can be left out
 */
export async function minimiseGenome(found: Genome, agents: readonly string[], trial: Trial): Promise<Genome> {
  const first = await trial.genome(found);
  if (first === undefined) return found;
  // nothing behind the violation belongs to it
  let genome: Genome = within({ ...found, blocks: first.blocks });

  const mutedFirst = await reduce(agents, async (active) => {
    const muted = agents.filter((name) => !active.includes(name));
    return (await trial.genome({ ...genome, muted })) !== undefined;
  });
  const muted = agents.filter((name) => !mutedFirst.includes(name));
  genome = { ...genome, muted, moves: genome.moves.filter(({ agent }) => !muted.includes(agent)) };

  const genes = await reduce(
    genesOf(genome),
    async (kept) => (await trial.genome(withGenes(genome, kept))) !== undefined,
  );
  return withGenes(genome, genes);
}

function within(genome: Genome): Genome {
  const inside = ({ block }: { readonly block: number }): boolean => block <= genome.blocks;
  return {
    ...genome,
    market: genome.market.filter(inside),
    oracles: genome.oracles.filter(inside),
    moves: genome.moves.filter(inside),
  };
}

function genesOf(genome: Genome): readonly Gene[] {
  return [
    ...genome.moves.map((gene) => ({ kind: "move", gene }) as const),
    ...genome.oracles.map((gene) => ({ kind: "oracle", gene }) as const),
    ...genome.market.map((gene) => ({ kind: "market", gene }) as const),
  ];
}

function withGenes(genome: Genome, genes: readonly Gene[]): Genome {
  return {
    ...genome,
    moves: genes.flatMap((entry) => (entry.kind === "move" ? [entry.gene] : [])),
    oracles: genes.flatMap((entry) => (entry.kind === "oracle" ? [entry.gene] : [])),
    market: genes.flatMap((entry) => (entry.kind === "market" ? [entry.gene] : [])),
  };
}
