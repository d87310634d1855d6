import type { BuilderGene, GasGene, Genome, MarketGene, MoveGene, OracleGene } from "../events/genome.js";
import type { Trial } from "./trial.js";

import { reduce } from "./reduce.js";

type Gene =
  | { readonly kind: "market"; readonly gene: MarketGene }
  | { readonly kind: "oracle"; readonly gene: OracleGene }
  | { readonly kind: "gas"; readonly gene: GasGene }
  | { readonly kind: "builder"; readonly gene: BuilderGene }
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
  // a reorganisation takes a run back below the highest block that it reached
  const reorganised = (found.builder ?? []).some(({ act }) => act === "reorg");
  let genome: Genome = reorganised ? found : within({ ...found, blocks: first.blocks });

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
    ...present({ gas: genome.gas?.filter(inside), builder: genome.builder?.filter(inside) }),
  };
}

/** Kinds of gene that there are none of are left out. */
function present(genes: {
  readonly gas: readonly GasGene[] | undefined;
  readonly builder: readonly BuilderGene[] | undefined;
}): Pick<Genome, "gas" | "builder"> {
  const { gas = [], builder = [] } = genes;
  return { ...(gas.length === 0 ? {} : { gas }), ...(builder.length === 0 ? {} : { builder }) };
}

function genesOf(genome: Genome): readonly Gene[] {
  return [
    ...genome.moves.map((gene) => ({ kind: "move", gene }) as const),
    ...(genome.builder ?? []).map((gene) => ({ kind: "builder", gene }) as const),
    ...genome.oracles.map((gene) => ({ kind: "oracle", gene }) as const),
    ...(genome.gas ?? []).map((gene) => ({ kind: "gas", gene }) as const),
    ...genome.market.map((gene) => ({ kind: "market", gene }) as const),
  ];
}

function withGenes({ gas: _gas, builder: _builder, ...genome }: Genome, genes: readonly Gene[]): Genome {
  return {
    ...genome,
    moves: genes.flatMap((entry) => (entry.kind === "move" ? [entry.gene] : [])),
    oracles: genes.flatMap((entry) => (entry.kind === "oracle" ? [entry.gene] : [])),
    market: genes.flatMap((entry) => (entry.kind === "market" ? [entry.gene] : [])),
    ...present({
      gas: genes.flatMap((entry) => (entry.kind === "gas" ? [entry.gene] : [])),
      builder: genes.flatMap((entry) => (entry.kind === "builder" ? [entry.gene] : [])),
    }),
  };
}
