import type { Genome, MoveGene } from "../events/genome.js";
import type { TriedGene } from "../events/kind.js";
import type { EventGene } from "../events/place.js";
import type { World } from "../world/world.js";
import type { AgentIntent } from "./intent.js";
import type { RunPlan } from "./plan.js";

import { genesOf, momentsIn } from "../events/genome.js";
import { kindsOf } from "../events/kinds.js";
import { isIn } from "../events/place.js";
import { textOf } from "../json.js";

import { calledBackIn } from "./called-back-in.js";
import { participants, policyIntents } from "./policies.js";

/** Plays a genome: its events as written, and policies that react to what they see. */
export function genomePlan(world: World, genome: Genome, tried?: TriedGene<MoveGene>): RunPlan {
  const genes = kindsOf(world).all.map((kind) => ({ kind, at: byBlock(genesOf(genome, kind)) }));
  const muted = new Set(genome.muted);
  const agents = participants(world, (name) => !muted.has(name));
  const early = agents.filter(({ agent }) => agent.watchesMempool !== true);
  const late = agents.filter(({ agent }) => agent.watchesMempool === true);
  const afterMoment = firstAfter(momentsIn(genome, kindsOf(world).all), genome.moves);
  const reactions = `genome ${genome.seed} ${[...muted].sort().join()} ${(genome.ranks ?? []).join()} ${(genome.callers ?? []).join()} ${(genome.gifts ?? []).join()} ${textOf(genome.accepted ?? {})}${genome.asDrawn === true ? " as drawn" : ""}`;
  return {
    blocks: genome.blocks,
    seed: genome.seed,
    key: (block) => [reactions, ...genes.map(({ at }) => (at.get(block) ?? []).map(textOf).join())].join(" "),
    calledBack: calledBackIn(
      world,
      genes.flatMap(({ kind: { submits }, at }) =>
        [...at.values()].flat().flatMap((gene) => submits?.calledBack?.(gene) ?? []),
      ),
    ).filter((name) => !muted.has(name)),
    reorganisations: genes.flatMap(({ kind: { happens }, at }) =>
      [...at.values()].flat().flatMap((gene) => happens?.reorganisation?.(gene) ?? []),
    ),
    events: (place) =>
      genes.flatMap(({ kind: { happens }, at }) =>
        happens === undefined ? [] : (at.get(place.block) ?? []).filter(isIn(place)).map((gene) => happens.step(gene)),
      ),
    intents: async (moment) => {
      const intents: AgentIntent[] = [...policyIntents(world, genome.seed, early, moment)];
      for (const { kind, at } of genes) {
        if (kind.submits === undefined) continue;
        const now = (at.get(moment.block) ?? []).filter(isIn(moment));
        // only moves are tried, and only the kind of moves calls this
        const context = {
          world,
          moment,
          muted,
          tried: tried as TriedGene<EventGene> | undefined,
          before: {
            publications: moment.publications,
            intents: [...intents],
            ranks: genome.ranks,
            afterMoment: afterMoment(moment.block),
            callers: genome.callers,
            gifts: genome.gifts,
            accepted: genome.accepted,
            asDrawn: genome.asDrawn,
          },
        };
        intents.push(...(await kind.submits.ofGenes(now, context)));
      }
      return intents;
    },
    reactions: (moment) => policyIntents(world, genome.seed, late, moment),
  };
}

/** The agents whose moves in a block are their first after a moment. @param moments - the blocks of what agents react to */
function firstAfter(
  moments: readonly number[],
  moves: readonly Pick<MoveGene, "agent" | "block">[],
): (block: number) => readonly string[] {
  const agents = [...new Set(moves.map(({ agent }) => agent))];
  const first = new Map<string, ReadonlySet<number | undefined>>(
    agents.map((agent) => {
      const blocks = moves.flatMap((move) => (move.agent === agent ? [move.block] : [])).sort((a, b) => a - b);
      return [agent, new Set(moments.map((moment) => blocks.find((block) => block >= moment)))];
    }),
  );
  return (block) => agents.filter((agent) => first.get(agent)?.has(block));
}

function byBlock(genes: readonly EventGene[]): ReadonlyMap<number, readonly EventGene[]> {
  const blocks = new Map<number, EventGene[]>();
  for (const gene of genes) {
    const ofBlock = blocks.get(gene.block);
    if (ofBlock === undefined) blocks.set(gene.block, [gene]);
    else ofBlock.push(gene);
  }
  return blocks;
}
