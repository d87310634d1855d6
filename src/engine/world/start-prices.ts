import type { Scenario } from "../../scenario/scenario.js";
import type { PlacedOracle } from "./bound-world.js";
import type { Observation } from "./observation.js";

import { SiegeError } from "../../errors.js";

export function startPrices(
  scenario: Scenario,
  oracles: ReadonlyMap<string, PlacedOracle>,
  start: Observation,
): ReadonlyMap<string, number> {
  return new Map(
    [...scenario.assets].map(([asset, { price }]) => {
      if (price !== undefined) return [asset, price];
      const oracle = [...oracles.values()].find(({ bound }) => bound.oracle?.model.asset === asset);
      if (oracle?.bound.oracle === undefined) {
        throw new SiegeError("INVALID_SCENARIO", {
          message: `The asset "${asset}" has neither a price nor an oracle to read it from.`,
          hint: `Give it one: assets: { ${asset}: { price: 2000 } }.`,
        });
      }
      return [asset, oracle.bound.oracle.price(start.get(oracle.part))];
    }),
  );
}
