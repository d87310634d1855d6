import type { LendingMarket } from "../protocols/roles/lending-market.js";
import type { View } from "./view.js";

import { oneOf, SiegeError } from "../errors.js";

/**
 * The lending markets that an agent watches, by name.
 *
 * @param names - default: all
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist; also if there is no lending market at all
 */
export function lendingMarketsOf(view: View, names?: readonly string[]): ReadonlyMap<string, LendingMarket> {
  const { lendingMarkets } = view;
  if (lendingMarkets.size === 0) throw unknownMarket("The scenario has no lending market.", view);
  if (names === undefined) return lendingMarkets;
  return new Map(
    names.map((name) => {
      const market = lendingMarkets.get(name);
      if (market === undefined) throw unknownMarket(`The scenario has no lending market named "${name}".`, view);
      return [name, market] as const;
    }),
  );
}

/**
 * The one lending market that an agent uses.
 *
 * @param name - default: the only one
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist
 */
export function lendingMarketOf(view: View, name: string | undefined): LendingMarket {
  const [market, ...others] = lendingMarketsOf(view, name === undefined ? undefined : [name]).values();
  if (market !== undefined && others.length === 0) return market;
  throw unknownMarket("The scenario has more than one lending market, and none was named.", view);
}

function unknownMarket(message: string, { lendingMarkets }: View): SiegeError {
  return new SiegeError("UNKNOWN_PROTOCOL", {
    message,
    hint: oneOf(lendingMarkets.keys(), "Add one to the scenario's protocols: { lending: aaveV3(address) }."),
  });
}
