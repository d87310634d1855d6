import type { Address } from "viem";

import type { ActionContext } from "../protocols/protocol.js";
import type { Genome, MoveGene } from "./genome.js";
import type { AgentIntent, RunPlan } from "./plan.js";
import type { ObservedView } from "./view.js";
import type { World } from "./world.js";

import { createRandom, mixSeeds } from "../market/random.js";

import { accountOf } from "./accounts.js";
import { DEFAULT_GAS, collectIntents } from "./intent.js";
import { memoryOf } from "./memory.js";
import { textOf } from "./text.js";

/** What a move offers to stand before everybody else, and what it offers to stand behind them. */
const FRONT_TIP = 100_000_000_000n;
const BACK_TIP = 0n;

/** Plays a genome: prices, faults and free moves as they are written, and policies that react to what they see. */
export function genomePlan(world: World, genome: Genome): RunPlan {
  const moves = byBlock(genome.moves);
  const market = byBlock(genome.market);
  const oracles = byBlock(genome.oracles);
  const muted = new Set(genome.muted);
  const agents = [...world.scenario.agents].filter(([name]) => !muted.has(name));
  const reactions = `genome ${genome.seed} ${[...muted].sort().join()}`;
  return {
    blocks: genome.blocks,
    key: (block) =>
      [reactions, ...[market, oracles, moves].map((genes) => (genes.get(block) ?? []).map(textOf).join())].join(" "),
    moves: (block) => market.get(block) ?? [],
    silences: (block) => oracles.get(block) ?? [],
    intents: (view, start, memories) => [
      ...agents.flatMap(([name, agent], index): AgentIntent[] => {
        if (agent.act === undefined) return [];
        const from = accountOf(world.frame.accounts, name);
        // of its own: muting one agent does not change what another one draws
        const random = createRandom(mixSeeds(genome.seed, index, view.block));
        const context = { view, start, random, self: { name, address: from }, ...memoryOf(name, agent, memories) };
        return collectIntents(name, agent.act, context).map((intent) => ({ agent: name, from, intent }));
      }),
      ...(moves.get(view.block) ?? []).flatMap((gene) =>
        muted.has(gene.agent) ? [] : freeMove(world, gene, view, accountOf(world.frame.accounts, gene.agent)),
      ),
    ],
  };
}

function freeMove(world: World, gene: MoveGene, view: ObservedView, from: Address): readonly AgentIntent[] {
  const entry = world.catalogue.get(gene.action);
  // a saved genome may name an action that the target's new ABI no longer has
  if (entry === undefined) return [];
  const context: ActionContext<unknown> = {
    view: entry.protocol === undefined ? undefined : view.of(entry.protocol),
    self: from,
    balance: (token, account = from) => view.balance(token, account),
    accounts: world.frame.accounts,
    contracts: world.frame.contracts,
  };
  const call = entry.action.build(gene.operands, context);
  if (call === undefined) return [];
  const tip = gene.position === "front" ? FRONT_TIP : BACK_TIP;
  return [{ agent: gene.agent, from, intent: { call, tip, gas: DEFAULT_GAS, note: gene.action } }];
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
