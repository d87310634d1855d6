import type { Alternatives } from "../minimise/simpler-genome.js";
import type { World } from "../world/world.js";

import { mixSeeds } from "../../market/random.js";
import { sampled } from "../events/draw.js";
import { priceMove } from "../events/price-move.js";
import { furthestFirst } from "../minimise/simpler-genome.js";
import { movesOf } from "../world/catalogue.js";

/** How many paths of the market are drawn, to find those in which prices move furthest. */
const DRAWN = 16;

/** Keeps these draws apart from those of the search. */
const PATHS = 0x70617468;

/** What else agents and the market may do in a scenario. @param seed - 32 bits */
export function alternativesIn(world: World, seed: number): Alternatives {
  const { scenario, catalogue } = world;
  // a slow market stays as slow as it is
  const isSlow = [...scenario.assets.values()].some(({ process }) => process?.pace !== undefined);
  const draw = sampled(priceMove.genes.draw(world), mixSeeds(seed, PATHS));
  return {
    actions: (name) => {
      const agent = scenario.agents.get(name);
      const entries = agent === undefined ? [] : movesOf(agent, catalogue).filter(({ isLoan }) => isLoan !== true);
      return entries.map((entry) => ({ name: entry.name, operands: entry.action.operands }));
    },
    paths: isSlow
      ? []
      : furthestFirst(Array.from({ length: DRAWN }, () => draw().filter(({ change }) => change !== 0))),
  };
}
