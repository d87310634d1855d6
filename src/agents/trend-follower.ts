import type { WatchedPrice } from "../view/watched-price.js";
import type { Agent } from "./agent.js";

import { requireInRange, requireKnown, requireNames, requireText } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { dollarsOf, least, unitsFor } from "../view/dollars.js";
import { pairOf } from "../view/pair-of.js";
import { playersOf } from "../view/role-players.js";
import { requireWatchedPrice, watchedPrice } from "../view/watched-price.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";

/** Options of {@link trendFollower}. */
export interface TrendFollowerOptions {
  readonly name?: string;
  /** The asset it speculates in. */
  readonly asset: string;
  /** The asset it pays with. Default: the first that a venue trades it for. */
  readonly against?: string;
  /** Names of the venues it trades on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Blocks over which it looks back, 1 to 1,000. Default 5, a choice: a minute on mainnet. */
  readonly lookback?: number;
  /**
   * The share of the past move that it expects to repeat (g of Brock & Hommes), -10 to 10; negative for contrarians. Default
   * 1.2: a strong trend chaser, their term for a g above the gross return.
   */
  readonly trend?: number;
  /**
   * The share of the gap between the venues and the fair price that it expects to close, 0 to 10. Default 0, a choice: no
   * fundamentalist. 1 is their fundamentalist, who expects the price to be fair in the next period.
   */
  readonly reversion?: number;
  /**
   * US dollars that it holds per 100 % of expected return, 1 to 1e12: 1 / (a σ²) of their demand, with a the risk aversion and
   * σ² the variance of returns. Default 500,000, a choice: 5,000 per per cent.
   */
  readonly demand?: number;
  /**
   * The change in expected return below which it does not trade, 0 to 1. Default 0.003: Uniswap V2's swap fee.
   */
  readonly threshold?: number;
  /** Default `fair`, a choice: what other markets quote. `venue`: the price on its venues, so that it also reacts to its own trades. */
  readonly watches?: WatchedPrice;
  /** Slippage that it accepts, 0 to 1. Default 0.005, as the noise trader's. */
  readonly maxSlippage?: number;
}

/**
 * Buys what rose and sells what fell, or (with `reversion`) buys below and sells above the fair price: a trader with a simple
 * belief about returns, after Brock & Hommes (1998, *Heterogeneous Beliefs and Routes to Chaos in a Simple Asset Pricing
 * Model*).
 *
 * It expects `E = trend · ln(pₜ / pₜ₋ₗ) + reversion · ln(fair / venue)`, and its mean-variance demand for the asset is `z = E /
 * (a σ²) = demand · E` US dollars above (or below) its holdings at the start. In each block in which its holdings are more than
 * `threshold · demand` away from that, it trades the difference, over as many venues as improve the trade, as far as its
 * capital allows. Chartists amplify moves, fundamentalists dampen them.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `trendFollower({ asset: "ETH", capital: { ETH: 100, USDC: 200_000 }, lookback: 3 })`
 */
export function trendFollower(options: TrendFollowerOptions): Agent {
  const own = ["lookback", "trend", "reversion", "demand", "threshold", "watches", "maxSlippage"];
  requireKnown("trendFollower", options, ["name", "asset", "against", "venues", "capital", ...own]);
  const { asset, against, venues: names, lookback = 5, trend = 1.2, reversion = 0, demand = 500_000 } = options;
  const { name, capital, threshold = 0.003, watches = "fair", maxSlippage = 0.005 } = options;
  requireText("trendFollower", "asset", asset);
  requireNames("trendFollower", "venues", names);
  requireInRange("trendFollower", "lookback", lookback, { min: 1, max: 1_000, kind: "integer" });
  requireInRange("trendFollower", "trend", trend, { min: -10, max: 10 });
  requireInRange("trendFollower", "reversion", reversion, { min: 0, max: 10 });
  requireInRange("trendFollower", "demand", demand, { min: 1, max: 1e12 });
  requireInRange("trendFollower", "threshold", threshold, { min: 0, max: 1 });
  requireInRange("trendFollower", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireWatchedPrice("trendFollower", watches);
  return defineAgent<readonly number[]>({
    role: "trend follower",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    memory: [],
    act: (context) => {
      const { view, start, self, memory, remember } = context;
      const venues = playersOf(view, venue, names);
      const pair = pairOf(view, venues, asset, against);
      const { base, quote } = pair;
      const price = watchedPrice(view, venues, pair, watches);
      const prices = [...memory, price].slice(-lookback - 1);
      remember(prices);
      const move = prices.length > lookback ? Math.log(price / (prices[0] ?? price)) : 0;
      const gap = Math.log(watchedPrice(view, venues, pair, "fair") / watchedPrice(view, venues, pair, "venue"));
      const wanted = demand * (trend * move + reversion * gap);
      const held = view.balance(base.address, self.address);
      const missing = wanted - dollarsOf(view, base, held - start.balance(base.address, self.address));
      if (Math.abs(missing) <= threshold * demand) return;
      const [tokenIn, tokenOut] = missing > 0 ? [quote, base] : [base, quote];
      const most = view.balance(tokenIn.address, self.address);
      const amountIn = least(unitsFor(view, tokenIn, Math.abs(missing)), most);
      submitTrade(context, { venues, tokenIn, tokenOut, amountIn }, { note: "follows the trend", maxSlippage });
    },
  });
}
