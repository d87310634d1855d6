import type { WatchedPrice } from "../view/watched-price.js";
import type { Agent } from "./agent.js";

import { requireInRange, requireKnown, requireNames, requireText } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { shareOf } from "../view/dollars.js";
import { pairOf } from "../view/pair-of.js";
import { playersOf } from "../view/role-players.js";
import { requireWatchedPrice, watchedPrice } from "../view/watched-price.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";

/** Options of {@link panicSeller}. */
export interface PanicSellerOptions {
  readonly name?: string;
  /** The asset it sells. */
  readonly asset: string;
  /** The asset it flees to. Default: the first that a venue trades it for. */
  readonly against?: string;
  /** Names of the venues it sells on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each. */
  readonly capital?: Readonly<Record<string, number>>;
  /** The drop from the price at the start at which it sells, 0.001 to 1. Default 0.2: the usual definition of a bear market. */
  readonly drop?: number;
  /** The share of its balance that it sells per block, 0.001 to 1. Default 0.25, a choice. */
  readonly share?: number;
  /** Default `fair`, a choice. `venue`: the price on its venues, so that panics feed on each other. */
  readonly watches?: WatchedPrice;
  /** Slippage that it accepts, 0 to 1. Default 1, a choice: any price. */
  readonly maxSlippage?: number;
}

/**
 * Sells a share of its balance in every block in which the price is at least `drop` below that at the start, at any price: a
 * stop-loss order, the simplest form of portfolio insurance (Gennotte & Leland 1990, *Market Liquidity, Hedging, and Crashes*).
 * With `watches: "venue"` its sales push other sellers over their thresholds, as margin calls do (Brunnermeier & Pedersen 2009,
 * *Market Liquidity and Funding Liquidity*): give several of them different drops.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `panicSeller({ asset: "ETH", capital: { ETH: 200 }, drop: 0.1 })`
 */
export function panicSeller(options: PanicSellerOptions): Agent {
  const own = ["drop", "share", "watches", "maxSlippage"];
  requireKnown("panicSeller", options, ["name", "asset", "against", "venues", "capital", ...own]);
  const { asset, against, venues: names, drop = 0.2, share = 0.25, watches = "fair", maxSlippage = 1 } = options;
  const { name, capital } = options;
  requireText("panicSeller", "asset", asset);
  requireNames("panicSeller", "venues", names);
  requireInRange("panicSeller", "drop", drop, { min: 0.001, max: 1 });
  requireInRange("panicSeller", "share", share, { min: 0.001, max: 1 });
  requireInRange("panicSeller", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireWatchedPrice("panicSeller", watches);
  return defineAgent({
    role: "panic seller",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    act: (context) => {
      const { view, start, self } = context;
      const venues = playersOf(view, venue, names);
      const pair = pairOf(view, venues, asset, against);
      const before = watchedPrice(start, playersOf(start, venue, names), pair, watches);
      if (watchedPrice(view, venues, pair, watches) > before * (1 - drop)) return;
      const amountIn = shareOf(view.balance(pair.base.address, self.address), share);
      submitTrade(
        context,
        { venues, tokenIn: pair.base, tokenOut: pair.quote, amountIn },
        { note: "panics", maxSlippage },
      );
    },
  });
}
