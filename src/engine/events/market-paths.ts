import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { DrawContext } from "./kind.js";
import type { PathChange } from "./sampled-path.js";

import { SiegeError } from "../../errors.js";
import { correlatedRandoms } from "../../market/correlation.js";
import { createRandom } from "../../market/random.js";

import { draws, each, seeds } from "./draw.js";
import { changesIn, timesOf } from "./sampled-path.js";

/**
 * The paths of all assets' prices, in their order; a seed is drawn for each whose price moves. Of a scenario with some of its
 * assets, correlated ones have to be drawn together: see {@link correlatedGroups}.
 */
export function marketPaths(
  scenario: Pick<Scenario, "assets" | "blocks" | "blockTime" | "correlation">,
  intervals?: DrawContext["intervals"],
): Draw<readonly (readonly PathChange[])[]> {
  const { assets, correlation } = scenario;
  const times = timesOf(scenario, intervals);
  const names = [...assets.keys()];
  const moving = [...assets.values()].map(({ process }) => (process === undefined ? draws.constant(0) : seeds()));
  return each(moving).map((drawn) => {
    const seedOf = (name: string): number => drawn[names.indexOf(name)] ?? 0;
    const together = togetherIn(scenario);
    const randoms = correlatedRandoms(together.map(seedOf), correlation?.lower ?? []);
    return [...assets].map(([name, { process }]) => {
      const random = randoms[together.indexOf(name)] ?? createRandom(seedOf(name));
      return process === undefined ? [] : changesIn(process.sample({ ...times, random }));
    });
  });
}

/** The assets of a scenario in groups whose prices move independently: the correlated ones are one, each of the others is another. */
export function correlatedGroups({
  assets,
  correlation,
}: Pick<Scenario, "assets" | "correlation">): readonly (readonly string[])[] {
  const correlated = correlation?.assets ?? [];
  return [...assets.keys()].flatMap((name) => {
    if (!correlated.includes(name)) return [[name]];
    return name === correlated[0] ? [correlated] : [];
  });
}

/** The correlated assets, all of them or none. */
function togetherIn({ assets, correlation }: Pick<Scenario, "assets" | "correlation">): readonly string[] {
  const correlated = correlation?.assets ?? [];
  const here = correlated.filter((name) => assets.has(name));
  if (here.length === 0 || here.length === correlated.length) return here;
  throw new SiegeError("INTERNAL", {
    message: `The prices of ${correlated.join(", ")} are correlated, and only those of ${here.join(", ")} are drawn.`,
    hint: "Please report it, with the scenario.",
  });
}
