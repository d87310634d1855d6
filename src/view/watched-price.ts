import type { Venue } from "../protocols/roles/venue.js";
import type { Pair } from "./pair-of.js";
import type { View } from "./view.js";

import { SiegeError } from "../errors.js";

/** The price that an agent watches: the fair one of this block, or that of the venues after the last block. */
export type WatchedPrice = "fair" | "venue";

/** @throws SiegeError `INVALID_OPTION` */
export function requireWatchedPrice(owner: string, value: unknown): void {
  if (value === "fair" || value === "venue") return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "watches" is ${String(value)}.`,
    hint: 'It must be "fair" or "venue".',
  });
}

/** The price of a pair's base asset, US dollars per whole unit; the mean if there are several venues. */
export function watchedPrice(
  view: View,
  venues: ReadonlyMap<string, Venue>,
  { base, quote }: Pair,
  watches: WatchedPrice,
): number {
  // both tokens of a pair represent assets
  const priceOf = (asset: string | undefined): number => (asset === undefined ? 0 : view.price(asset));
  if (watches === "fair") return priceOf(base.asset);
  const spots = [...venues.values()].flatMap((venue) => {
    const spot = venue.spotPrice(base.address, quote.address);
    return spot > 0 ? [spot] : [];
  });
  return (priceOf(quote.asset) * spots.reduce((sum, spot) => sum + spot, 0)) / spots.length;
}
