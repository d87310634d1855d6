import type { LiquidityPool } from "../protocols/roles/liquidity-pool.js";
import type { Token } from "../protocols/token.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown, requireText } from "../options.js";
import { liquidityPool } from "../protocols/roles/liquidity-pool.js";
import { venue } from "../protocols/roles/venue.js";
import { isSameAddress } from "../quantity/address.js";
import { least } from "../view/dollars.js";
import { playerOf, playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";

/** Options of {@link marketMaker}. */
export interface MarketMakerOptions {
  readonly name?: string;
  /** The liquidity pool (`uniswapV2`) it makes a market on. Default: the only one. */
  readonly pool?: string;
  /** The asset whose inventory it manages; the pool's other token is its cash. */
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
}

/** What it knows of the past. */
interface Estimate {
  /** The fair price one block ago; `undefined` before the first block. */
  readonly price: number | undefined;
  /** Variance of the log price, per block. */
  readonly variance: number;
}

/**
 * A market maker on a pool with fungible liquidity, such as Uniswap V2's, whose spread is fixed: it quotes by having all its
 * capital in the pool, or does not quote.
 *
 * Avellaneda & Stoikov (2008, *High-Frequency Trading in a Limit Order Book*) quote around `s - q γ σ² τ`, with q the
 * inventory's distance from its target, σ² the variance and γ the risk aversion, and with a spread that grows with γ σ² τ.
 * Where the half-spread is the pool's fee f, quoting is profitable while `γ σ² τ / 2` and `|q| γ σ² τ` are below f: bounds on σ
 * and on |q|, which are `maxVolatility` and `maxInventory`. The variance is `v ← w v + (1 - w) r²` of the fair price's returns
 * r (RiskMetrics), w being `memoryWeight`.
 *
 * Beyond a bound it removes its liquidity; then, once volatility is back within its bound, it trades its inventory back to that
 * at the start, over all venues, and quotes again.
 *
 * For just-in-time liquidity, see {@link jitProvider}.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `marketMaker({ asset: "ETH", capital: { ETH: 100, USDC: 200_000 } })`
 */
export function marketMaker(options: MarketMakerOptions): Agent {
  const own = ["maxVolatility", "memoryWeight", "maxInventory", "maxSlippage"];
  requireKnown("marketMaker", options, ["name", "pool", "asset", "capital", ...own]);
  const { pool: poolName, asset, maxVolatility = 0.003, memoryWeight = 0.94, maxInventory = 0.1 } = options;
  const { name, capital, maxSlippage = 0.005 } = options;
  requireText("marketMaker", "asset", asset);
  requireInRange("marketMaker", "maxVolatility", maxVolatility, { min: 0, max: 1 });
  requireInRange("marketMaker", "memoryWeight", memoryWeight, { min: 0, max: 0.999 });
  requireInRange("marketMaker", "maxInventory", maxInventory, { min: 0.001, max: 100 });
  requireInRange("marketMaker", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  return defineAgent<Estimate>({
    role: "market maker",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    memory: { price: undefined, variance: 0 },
    act: (context) => {
      const { view, start, self, submit, memory, remember } = context;
      const pool = playerOf(view, liquidityPool, poolName);
      const base = view.tokenOf(asset);
      const variance = updated(memory, view.price(asset), memoryWeight);
      remember({ price: view.price(asset), variance });

      const wanted = start.balance(base.address, self.address);
      const excess = inventory(pool, base, context) - wanted;
      const isCalm = Math.sqrt(variance) <= maxVolatility;
      const isEven = Math.abs(Number(excess)) <= maxInventory * Number(wanted);
      const quoted = pool.liquidityOf(self.address);
      if (quoted > 0n) {
        if (!isCalm || !isEven) submit({ call: pool.removeLiquidity(quoted, self.address), note: "stops quoting" });
      } else if (isCalm && isEven) {
        const [token0, token1] = pool.tokens;
        const most = [view.balance(token0.address, self.address), view.balance(token1.address, self.address)] as const;
        if (most[0] > 0n && most[1] > 0n) submit({ call: pool.addLiquidity(most, self.address), note: "quotes" });
      } else if (isCalm) {
        evenOut(pool, base, excess, context, maxSlippage);
      }
    },
  });
}

function updated({ price, variance }: Estimate, now: number, weight: number): number {
  return price === undefined ? variance : weight * variance + (1 - weight) * Math.log(now / price) ** 2;
}

/** Its holdings of the asset, inside and outside the pool, base units. */
function inventory(pool: LiquidityPool, base: Token, { view, self }: Pick<ActContext, "view" | "self">): bigint {
  const index = pool.tokens.findIndex((token) => isSameAddress(token.address, base.address));
  const inPool = pool.redeemable(pool.liquidityOf(self.address))[index] ?? 0n;
  return inPool + view.balance(base.address, self.address);
}

/** Sells its excess of the asset, or buys its shortfall. */
function evenOut(
  pool: LiquidityPool,
  base: Token,
  excess: bigint,
  context: Pick<ActContext, "view" | "self" | "submit">,
  maxSlippage: number,
): void {
  const { view, self } = context;
  const [token0, token1] = pool.tokens;
  const money = isSameAddress(token0.address, base.address) ? token1 : token0;
  const [tokenIn, tokenOut] = excess > 0n ? [base, money] : [money, base];
  // buying the shortfall costs about what the pool pays for the same amount
  const wanted = excess > 0n ? excess : pool.amountOut(base.address, -excess);
  const amountIn = least(wanted, view.balance(tokenIn.address, self.address));
  const trade = { venues: playersOf(view, venue), tokenIn, tokenOut, amountIn };
  submitTrade(context, trade, { note: "evens out its inventory", maxSlippage });
}
