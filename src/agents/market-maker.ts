import type { MakerMarket } from "../protocols/roles/maker-market.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown, requireText } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { isSameAddress } from "../quantity/address.js";
import { least } from "../view/dollars.js";
import { makerMarketOf } from "../view/maker-market-of.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";

/** Options of {@link marketMaker}. */
export interface MarketMakerOptions {
  readonly name?: string;
  /** The liquidity pool (`uniswapV2`) or order book (`orderBook`) it makes a market on. Default: the only one. */
  readonly pool?: string;
  /** The asset whose inventory it manages; the other token of the pool or book is its cash. */
  readonly asset: string;
  /** Whole tokens by asset, 0 to 1e15 each. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * Volatility above which it does not quote: standard deviation of the fair price's logarithm per block, 0 to 1. Default
   * 0.003: Uniswap V2's swap fee. Moves larger than the fee are what arbitrageurs profit from.
   */
  readonly maxVolatility?: number;
  /** Weight of the past in its estimate of volatility, 0 to 0.999. Default 0.94: RiskMetrics (J. P. Morgan 1996), daily data. */
  readonly memoryWeight?: number;
  /**
   * How far its inventory may be from that at the start, as a fraction of it, 0.001 to 100. Default 0.1, a choice: the drift of
   * a pool share when the price moves by a fifth (a pool's holdings scale with the inverse square root of the price).
   */
  readonly maxInventory?: number;
  /** Slippage that it accepts when it rebalances its inventory, 0 to 1. Default 0.005, as the noise trader's. */
  readonly maxSlippage?: number;
  /**
   * On an order book, how far its first bid and ask are from the middle of its quotes, and further ones from each other, as a share
   * of it, 0.0001 to 0.1. Default 0.003: Uniswap V2's fee, which a maker earns there. Pools have spreads of their own.
   */
  readonly halfSpread?: number;
  /** On an order book, the number of its bids, and of its asks, 1 to 8. Default 1, a choice. */
  readonly levels?: number;
}

/** What it knows of the past. */
interface Estimate {
  /** The fair price one block ago; `undefined` before the first block. */
  readonly price: number | undefined;
  /** Variance of the log price, per block. */
  readonly variance: number;
}

/**
 * A market maker: on a pool with fungible liquidity, such as Uniswap V2's, it quotes by having all its capital in the pool; on an
 * order book, with bids and asks that rest, which it cancels and replaces.
 *
 * Avellaneda & Stoikov (2008, *High-Frequency Trading in a Limit Order Book*) quote around `s - q γ σ² τ`, with q the
 * inventory's distance from its target, σ² the variance and γ the risk aversion, and with a spread that grows with γ σ² τ.
 * Where the half-spread is the pool's fee f, quoting is profitable while `γ σ² τ / 2` and `|q| γ σ² τ` are below f: bounds on σ
 * and on |q|, which are `maxVolatility` and `maxInventory`. On a book f is `halfSpread`, and the middle of its quotes is
 * `s (1 - f q / maxInventory)`: at the bound, its price for what it has too much of is the fair one. The variance is
 * `v ← w v + (1 - w) r²` of the fair price's returns r (RiskMetrics), w being `memoryWeight`.
 *
 * Beyond a bound it withdraws its quotes; then, once volatility is back within its bound, it trades its inventory back to that
 * at the start, over all venues, and quotes again.
 *
 * For just-in-time liquidity, see {@link jitProvider}.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `marketMaker({ asset: "ETH", capital: { ETH: 100, USDC: 200_000 } })`
 */
export function marketMaker(options: MarketMakerOptions): Agent {
  const own = ["maxVolatility", "memoryWeight", "maxInventory", "maxSlippage", "halfSpread", "levels"];
  requireKnown("marketMaker", options, ["name", "pool", "asset", "capital", ...own]);
  const { pool: marketName, asset, maxVolatility = 0.003, memoryWeight = 0.94, maxInventory = 0.1 } = options;
  const { name, capital, maxSlippage = 0.005, halfSpread = 0.003, levels = 1 } = options;
  requireText("marketMaker", "asset", asset);
  requireInRange("marketMaker", "maxVolatility", maxVolatility, { min: 0, max: 1 });
  requireInRange("marketMaker", "memoryWeight", memoryWeight, { min: 0, max: 0.999 });
  requireInRange("marketMaker", "maxInventory", maxInventory, { min: 0.001, max: 100 });
  requireInRange("marketMaker", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireInRange("marketMaker", "halfSpread", halfSpread, { min: 0.0001, max: 0.1 });
  requireInRange("marketMaker", "levels", levels, { min: 1, max: 8, kind: "integer" });
  return defineAgent<Estimate>({
    role: "market maker",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    memory: { price: undefined, variance: 0 },
    act: (context) => {
      const { view, start, self, submit, memory, remember } = context;
      const market = makerMarketOf(view, marketName);
      const base = view.tokenOf(asset);
      const variance = updated(memory, view.price(asset), memoryWeight);
      remember({ price: view.price(asset), variance });

      const wanted = start.balance(base.address, self.address);
      const own = holdings(market, context);
      const excess = (own[indexOf(market, base)] ?? 0n) - wanted;
      const isCalm = Math.sqrt(variance) <= maxVolatility;
      const isEven = Math.abs(Number(excess)) <= maxInventory * Number(wanted);
      if (isCalm && isEven) {
        const skew = wanted === 0n ? 0 : (halfSpread * Number(excess)) / (maxInventory * Number(wanted));
        const price = middleOf(market, base, skew, view);
        for (const call of market.quote({ price, halfSpread, levels, own }, self.address)) {
          submit({ call, note: "quotes" });
        }
        return;
      }
      const calls = market.withdraw(self.address);
      for (const call of calls) submit({ call, note: "stops quoting" });
      if (calls.length === 0 && isCalm) evenOut(market, base, excess, context, maxSlippage);
    },
  });
}

function updated({ price, variance }: Estimate, now: number, weight: number): number {
  return price === undefined ? variance : weight * variance + (1 - weight) * Math.log(now / price) ** 2;
}

/** The place of a token among those of a market; -1 if it is not traded there. */
function indexOf({ tokens }: MakerMarket, { address }: Token): number {
  return tokens.findIndex((token) => isSameAddress(token.address, address));
}

/** What it has of the market's tokens, in hand and in quotes, base units. */
function holdings(market: MakerMarket, { view, self }: Pick<ActContext, "view" | "self">): readonly [bigint, bigint] {
  const quoted = market.quoted(self.address);
  const [first, second] = market.tokens;
  const inHand = (token: Token): bigint => view.balance(token.address, self.address);
  return [quoted[0] + inHand(first), quoted[1] + inHand(second)];
}

/** The middle of its quotes: second tokens of the market for a first one. @param skew - by how much the asset is to be cheaper than fair */
function middleOf(market: MakerMarket, base: Token, skew: number, view: View): number {
  const [first, second] = market.tokens.map(({ asset }) => (asset === undefined ? 0 : view.price(asset)));
  const fair = (first ?? 0) / (second ?? 0);
  return indexOf(market, base) === 0 ? fair * (1 - skew) : fair / (1 - skew);
}

/** Sells its excess of the asset, or buys its shortfall. */
function evenOut(
  market: MakerMarket,
  base: Token,
  excess: bigint,
  context: Pick<ActContext, "view" | "self" | "submit">,
  maxSlippage: number,
): void {
  const { view, self } = context;
  const [token0, token1] = market.tokens;
  const money = isSameAddress(token0.address, base.address) ? token1 : token0;
  const [tokenIn, tokenOut] = excess > 0n ? [base, money] : [money, base];
  const wanted = excess > 0n ? excess : market.worth(base.address, -excess);
  const amountIn = least(wanted, view.balance(tokenIn.address, self.address));
  const trade = { venues: playersOf(view, venue), tokenIn, tokenOut, amountIn };
  submitTrade(context, trade, { note: "evens out its inventory", maxSlippage });
}
