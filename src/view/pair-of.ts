import type { Venue } from "../protocols/roles/venue.js";
import type { Token } from "../protocols/token.js";
import type { View } from "./view.js";

import { SiegeError } from "../errors.js";
import { isSameAddress } from "../quantity/address.js";

/** Two tokens, both with a fair price. */
export interface Pair {
  readonly base: Token;
  readonly quote: Token;
}

/**
 * The token of an asset, and the token it is traded against.
 *
 * @param against - an asset; default: that of the first token with a fair price that a venue trades it for
 * @throws SiegeError `UNKNOWN_ASSET`, also if none of the venues trades the pair
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
    if (!tokens.some((token) => isSameAddress(token.address, base.address))) continue;
    const quote = tokens.find(
      (token) =>
        !isSameAddress(token.address, base.address) &&
        token.asset !== undefined &&
        (wanted === undefined || isSameAddress(token.address, wanted.address)),
    );
    if (quote !== undefined) return { base, quote };
  }
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `No venue trades ${asset} for ${against ?? "an asset of the scenario"}.`,
    hint: "Use two assets that a venue of the scenario trades, and give both a token.",
  });
}
