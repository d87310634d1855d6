import type { Scenario } from "../../scenario/scenario.js";
import type { PlacedOracle } from "./bound-world.js";
import type { Observation } from "./observation.js";

import { SiegeError } from "../../errors.js";

/**
 * The fair prices at the start: those of the scenario, or what the assets' oracles report at the base.
 *
 * @throws SiegeError `ORACLE_WITHOUT_PRICE` if a feed reports no price; `INVALID_SCENARIO` for an asset with neither
 */
export function startPrices(
  scenario: Scenario,
  oracles: ReadonlyMap<string, PlacedOracle>,
  start: Observation,
): ReadonlyMap<string, number> {
  const published = new Map([...oracles].map(([name, oracle]) => [name, publishedPrice(name, oracle, start)] as const));
  return new Map(
    [...scenario.assets].map(([asset, { price }]) => {
      if (price !== undefined) return [asset, price];
      const [name] = [...oracles].find(([, { bound }]) => bound.oracle?.model.asset === asset) ?? [];
      const said = name === undefined ? undefined : published.get(name);
      if (said !== undefined) return [asset, said];
      throw new SiegeError("INVALID_SCENARIO", {
        message: `The asset "${asset}" has neither a price nor an oracle to read it from.`,
        hint: `Give it one: assets: { ${asset}: { price: 2000 } }.`,
      });
    }),
  );
}

/** What a feed reports; `undefined` for the uptime feed of a sequencer. */
function publishedPrice(name: string, { bound, part }: PlacedOracle, start: Observation): number | undefined {
  if (bound.oracle === undefined) return undefined;
  const price: unknown = bound.oracle.price(start.get(part));
  if (typeof price === "number" && Number.isFinite(price)) return price;
  throw new SiegeError("ORACLE_WITHOUT_PRICE", {
    message: `The ${name} feed at ${bound.address}, of kind "${bound.kind}", reports the price ${String(price)} at the fork block.`,
    hint: "Its price() has to return a number, US dollars a whole unit. Check the address, that the feed has published by the fork block, and what observe() reads.",
  });
}
