import type { Genome } from "../events/genome.js";
import type { World } from "../world/world.js";
import type { Tried } from "./free-moves.js";
import type { Place, RunPlan } from "./plan.js";

import { textOf } from "../text.js";

import { freeMoves } from "./free-moves.js";
import { participants, policyIntents } from "./policies.js";

/** Plays a genome: prices, faults and free moves as they are written, and policies that react to what they see. */
export function genomePlan(world: World, genome: Genome, tried?: Tried): RunPlan {
  const moves = byBlock(genome.moves);
  const market = byBlock(genome.market);
  const oracles = byBlock(genome.oracles);
  const gas = byBlock(genome.gas ?? []);
  const builder = byBlock(genome.builder ?? []);
  const muted = new Set(genome.muted);
  const agents = participants(world, (name) => !muted.has(name));
  const early = agents.filter(({ agent }) => agent.watchesMempool !== true);
  const late = agents.filter(({ agent }) => agent.watchesMempool === true);
  const reactions = `genome ${genome.seed} ${[...muted].sort().join()}`;
  return {
    blocks: genome.blocks,
    seed: genome.seed,
    key: (block) =>
      [
        reactions,
        ...[market, oracles, moves, gas, builder].map((genes) => (genes.get(block) ?? []).map(textOf).join()),
      ].join(" "),
    reorganisations: (genome.builder ?? []).flatMap(({ act, block, blocks }) =>
      act === "reorg" ? [{ block, depth: blocks }] : [],
    ),
    moves: (block) => market.get(block) ?? [],
    faults: (block) => (oracles.get(block) ?? []).map((gene) => ({ ...gene, fault: gene.fault ?? "silent" })),
    demand: (block) => (gas.get(block) ?? []).map(({ change }) => change),
    acts: ({ block, again }) => (builder.get(block) ?? []).filter(isIn({ block, again })),
    intents: async (moment) => [
      ...policyIntents(world, genome.seed, early, moment),
      ...(await freeMoves(
        world,
        (moves.get(moment.block) ?? []).filter((gene) => isIn(moment)(gene) && !muted.has(gene.agent)),
        moment,
        tried,
      )),
    ],
    reactions: (moment) => policyIntents(world, genome.seed, late, moment),
  };
}

function isIn({ again }: Place): (gene: { readonly again?: true }) => boolean {
  return (gene) => (gene.again === true) === again;
}

function byBlock<T extends { readonly block: number }>(genes: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const blocks = new Map<number, T[]>();
  for (const gene of genes) {
    const ofBlock = blocks.get(gene.block);
    if (ofBlock === undefined) blocks.set(gene.block, [gene]);
    else ofBlock.push(gene);
  }
  return blocks;
}
