import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { PathChange } from "./sampled-path.js";

import { correlatedRandoms } from "../../market/correlation.js";
import { createRandom } from "../../market/random.js";

import { draws, each, seeds } from "./draw.js";
import { changesIn } from "./sampled-path.js";

/** The paths of all assets' prices, in their order; a seed is drawn for each whose price moves. */
export function marketPaths(
  scenario: Pick<Scenario, "assets" | "blocks" | "blockTime" | "correlation">,
): Draw<readonly (readonly PathChange[])[]> {
  const { assets, blocks, blockTime, correlation } = scenario;
  const names = [...assets.keys()];
  const moving = [...assets.values()].map(({ process }) => (process === undefined ? draws.constant(0) : seeds()));
  return each(moving).map((drawn) => {
    const seedOf = (name: string): number => drawn[names.indexOf(name)] ?? 0;
    const together = correlation?.assets ?? [];
    const randoms = correlatedRandoms(together.map(seedOf), correlation?.lower ?? []);
    return [...assets].map(([name, { process }]) => {
      const random = randoms[together.indexOf(name)] ?? createRandom(seedOf(name));
      return process === undefined ? [] : changesIn(process.sample({ blocks, blockTime, random }));
    });
  });
}
