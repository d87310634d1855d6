import type { Venue } from "../protocols/roles/venue.js";
import type { Token } from "../protocols/token.js";
import type { View } from "./view.js";

import { oneOf, SiegeError } from "../errors.js";
import { isSame } from "../protocols/token.js";

/**
 * The venues that an agent trades on, by name.
 *
 * @param names - default: all
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist; also if there is no venue at all
 */
export function venuesOf(view: View, names: readonly string[] | undefined): ReadonlyMap<string, Venue> {
  const { venues } = view;
  if (venues.size === 0) throw unknownVenue("The scenario has no venue to trade on.", venues);
  if (names === undefined) return venues;
  return new Map(
    names.map((name) => {
      const venue = venues.get(name);
      if (venue === undefined) throw unknownVenue(`The scenario has no venue named "${name}".`, venues);
      return [name, venue] as const;
    }),
  );
}

function unknownVenue(message: string, venues: ReadonlyMap<string, Venue>): SiegeError {
  return new SiegeError("UNKNOWN_PROTOCOL", {
    message,
    hint: oneOf(venues.keys(), "Add one to the scenario's protocols: { pool: uniswapV2(address) }."),
  });
}

/** Two tokens, both with a fair price. */
export interface Pair {
  readonly base: Token;
  readonly quote: Token;
}

/**
 * The token of an asset, and what it is traded against.
 *
 * @param against - an asset; default: that of the first priced token that a venue trades it for
 * @throws SiegeError `UNKNOWN_ASSET`; also if none of the venues trades the two
 */
export function pairOf(
  view: View,
  venues: ReadonlyMap<string, Venue>,
  asset: string,
  against: string | undefined,
): Pair {
  const base = view.tokenOf(asset);
  const wanted = against === undefined ? undefined : view.tokenOf(against);
  for (const { tokens } of venues.values()) {
    if (!tokens.some((token) => isSame(token, base))) continue;
    const quote = tokens.find(
      (token) => !isSame(token, base) && token.asset !== undefined && (wanted === undefined || isSame(token, wanted)),
    );
    if (quote !== undefined) return { base, quote };
  }
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `No venue trades ${asset} for ${against ?? "an asset of the scenario"}.`,
    hint: "Name assets that a venue of the scenario has, and give both a token.",
  });
}
