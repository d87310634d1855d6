import type { Address } from "viem";

import type { UniswapV2View } from "../protocols/uniswap-v2.js";
import type { Agent, View } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { optimalAmountIn } from "../protocols/uniswap-v2-math.js";
import { uniswapV2 } from "../protocols/uniswap-v2.js";

import { defineAgent } from "./agent.js";
import { gasCost } from "./gas-cost.js";

/** Gas of a swap through Router02, for the decision whether a trade pays (measured: 95,000 to 115,000). */
const SWAP_GAS = 115_000n;

/** Options of {@link arbitrageur}. */
export interface ArbitrageurOptions {
  readonly name?: string;
  /** The uniswapV2 protocol it trades on. Default: the only one. */
  readonly pool?: string;
  /** Whole tokens by asset. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Profit below which it stays away, US dollars after fees and gas. Default 0. */
  readonly minProfit?: number;
}

/**
 * Closes the gap between a pool and the fair price: sells to the pool what is dear there, exactly as much as pays (the
 * last unit at the fair price, fee included), as far as its capital reaches, and only if the profit is above the gas.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `arbitrageur({ pool: "pool", capital: { ETH: 500, USDC: 1_000_000 } })`
 */
export function arbitrageur(options: ArbitrageurOptions = {}): Agent {
  requireKnown("arbitrageur", options, ["name", "pool", "capital", "minProfit"]);
  const { pool: poolName, minProfit = 0, ...rest } = options;
  requireInRange("arbitrageur", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "arbitrageur",
    ...rest,
    act: ({ view, self, submit }) => {
      const pool = view.at(uniswapV2, poolName);
      const trade = bestTrade(pool, view, (token) => view.balance(token, self.address));
      if (trade === undefined || trade.profit - gasCost(view, SWAP_GAS) <= minProfit) return;
      const { tokenIn, amountIn, minOut } = trade;
      submit({ call: pool.swap({ tokenIn, amountIn, minOut, to: self.address }), note: "arbitrage" });
    },
  });
}

function bestTrade(
  pool: UniswapV2View,
  view: View,
  balance: (token: Address) => bigint,
):
  | {
      readonly tokenIn: Address;
      readonly amountIn: bigint;
      readonly minOut: bigint;
      /** US dollars */
      readonly profit: number;
    }
  | undefined {
  for (const token of pool.tokens) {
    const other = pool.other(token.address);
    // without fair prices of both there is nothing to compare the pool with
    if (token.asset === undefined || other.asset === undefined) continue;
    const unit = view.price(token.asset) / 10 ** token.decimals;
    const otherUnit = view.price(other.asset) / 10 ** other.decimals;
    const [reserveIn, reserveOut] = pool.reservesFrom(token.address);
    const wanted = optimalAmountIn(reserveIn, reserveOut, unit / otherUnit);
    const held = balance(token.address);
    const amountIn = wanted < held ? wanted : held;
    const out = pool.amountOut(token.address, amountIn);
    const profit = Number(out) * otherUnit - Number(amountIn) * unit;
    if (amountIn > 0n && profit > 0) {
      // no worse than at the fair price: if somebody is first, it stays out
      const minOut = BigInt(Math.floor((Number(amountIn) * unit) / otherUnit));
      return { tokenIn: token.address, amountIn, minOut, profit };
    }
  }
  return undefined;
}
