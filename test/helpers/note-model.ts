import type { Random } from "../../src/market/random.js";
import type { BranchableChain, ChainScore } from "../../src/risk/index.js";
import type { Fixture } from "../fixtures/fixture.js";
import type { LocalSiege } from "./local-siege.js";

import { openWorld } from "../../src/engine/world/world.js";
import { marketSource } from "../../src/risk/ruin/path-source.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { thirtyDays } from "../fixtures/barrier-note.js";

import { DAY } from "./rare-events.js";

/** How many deviations of what is left the barrier is away: it takes the time that is left into account. */
function closeness(price: number, barrier: number, blocksLeft: number): number {
  return blocksLeft === 0 ? -Infinity : Math.log(barrier / price) / (DAY * Math.sqrt(blocksLeft));
}

/** The same of a scenario's state. */
export function nearness(barrier: number): ChainScore {
  return ({ view, blocksLeft }) => closeness(view.price("X"), barrier, blocksLeft);
}

interface Marked {
  readonly price: number;
  readonly block: number;
}

/**
 * What the chain is said to do with the note, without the chain: prices are those that a branch of the scenario draws, and the note has
 * failed once a mark is at or below its barrier.
 */
export async function priceModel(
  local: LocalSiege,
  note: Fixture,
  barrier: number,
  seed: number,
): Promise<BranchableChain<Marked>> {
  const world = await openWorld(local.environment(), note, buildScenario(thirtyDays(note)));
  const source = marketSource(world, seed);
  const { blocks } = world.scenario;
  await world.close();
  const changes = new WeakMap<Random, ReadonlyMap<number, number>>();
  return {
    blocks,
    start: () => ({ price: 100, block: 0 }),
    advance: ({ price, block }, random) => {
      let drawn = changes.get(random);
      if (drawn === undefined) {
        drawn = new Map(source(random.integer(0, 0x7fffffff)).map((gene) => [gene.block, gene.change]));
        changes.set(random, drawn);
      }
      return { price: (price * (1e6 + (drawn.get(block + 1) ?? 0))) / 1e6, block: block + 1 };
    },
    score: ({ price, block }) => {
      if (block === 0) return -Infinity;
      return Math.round(price * 1e8) <= barrier * 1e8 ? Number.MAX_VALUE : closeness(price, barrier, blocks - block);
    },
  };
}
