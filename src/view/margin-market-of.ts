import type { MarginMarket } from "../protocols/roles/margin-market.js";
import type { View } from "./view.js";

import { oneOf, SiegeError } from "../errors.js";

/**
 * A margin market by its name in the scenario; without a name, the only one.
 *
 * @throws SiegeError `UNKNOWN_PROTOCOL`, with the names that exist
 */
export function marginMarketOf({ marginMarkets }: Pick<View, "marginMarkets">, name?: string): MarginMarket {
  const [only, ...others] = marginMarkets.values();
  const found = name === undefined ? (others.length === 0 ? only : undefined) : marginMarkets.get(name);
  if (found !== undefined) return found;
  throw new SiegeError("UNKNOWN_PROTOCOL", {
    message:
      name === undefined
        ? `The scenario has ${only === undefined ? "no" : "more than one"} margin market, and none was named.`
        : `The scenario has no margin market named "${name}".`,
    hint: oneOf(marginMarkets.keys(), "Add one to the scenario's protocols: perpV2(clearingHouse, options)."),
  });
}
