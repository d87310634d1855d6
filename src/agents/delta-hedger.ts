import type { OptionPosition } from "../market/options/option-position.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { optionMark, requireOptionPosition } from "../market/options/option-position.js";
import { requireInRange, requireKnown, requireNames } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { wholeUnits } from "../quantity/amount.js";
import { dollarsOf, least, unitsFor } from "../view/dollars.js";
import { pairOf } from "../view/pair-of.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { routeOf } from "./trading/routed-trade.js";

/** Options of {@link deltaHedger}. */
export interface DeltaHedgerOptions {
  readonly name?: string;
  /** What it hedges. */
  readonly option: OptionPosition;
  /** The asset it pays with. Default: the first that a venue trades the option's asset for. */
  readonly against?: string;
  /** Names of the venues it trades on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each. Where its delta is below 0, it sells what it has of these. */
  readonly capital?: Readonly<Record<string, number>>;
  /** It hedges in every so many blocks, 1 to 10,000. Default 1. */
  readonly every?: number;
  /** The distance from its delta that it leaves alone, as a share of the options, 0 to 1. Default 0. */
  readonly band?: number;
  /** How much worse than the fair price it may trade, fees included, 0 to 1. Default 0.02, a choice: six fees of Uniswap V2. */
  readonly maxSlippage?: number;
}

/** Wei per unit of gas: less than agents usually offer, so that it trades at the prices that arbitrageurs of its block leave. */
const TIP = 100_000_000n;

/**
 * Hedges options block by block: it holds what it had at the start, and of the asset the options' delta at the fair price (Black and
 * Scholes 1973), which it buys and sells on venues, with their fees and price impact, and pays for gas. When the options expire, it
 * is back to what it had. With `band` it leaves small distances alone (Whalley and Wilmott 1997, *An asymptotic analysis of an
 * optimal hedging model for option pricing with transaction costs*, for how wide it should be).
 *
 * The options are no token, so they are on nobody's books: the condition `hedged` adds their value to what the agent gains.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example
 * ```ts
 * const option = { type: "call", asset: "ETH", strike: 2_000, expiresIn: 7 * 86_400, amount: -10, volatility: 0.8 } as const;
 * deltaHedger({ option, capital: { USDC: 40_000 } });
 * ```
 */
export function deltaHedger(options: DeltaHedgerOptions): Agent {
  const own = ["option", "against", "venues", "every", "band", "maxSlippage"];
  requireKnown("deltaHedger", options, ["name", "capital", ...own]);
  const { name, capital, option, against, venues: names, every = 1, band = 0, maxSlippage = 0.02 } = options;
  requireOptionPosition("deltaHedger", option);
  requireNames("deltaHedger", "venues", names);
  requireInRange("deltaHedger", "every", every, { min: 1, max: 10_000, kind: "integer" });
  requireInRange("deltaHedger", "band", band, { min: 0, max: 1 });
  requireInRange("deltaHedger", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  return defineAgent({
    role: "delta hedger",
    ...(name === undefined ? {} : { name }),
    ...(capital === undefined ? {} : { capital }),
    act: ({ view, start, self, submit }) => {
      const { delta, isExpired } = optionMark(option, view, start);
      if ((view.block - 1) % every !== 0 && !isExpired) return;
      const venues = playersOf(view, venue, names);
      const { base, quote } = pairOf(view, venues, option.asset, against);
      const gained = view.balance(base.address, self.address) - start.balance(base.address, self.address);
      const missing = -delta - wholeUnits(gained, base.decimals);
      if (Math.abs(missing) <= (isExpired ? 0 : band * Math.abs(option.amount))) return;
      const dollars = Math.abs(missing) * view.price(option.asset);
      const [tokenIn, tokenOut] = missing > 0 ? [quote, base] : [base, quote];
      const amountIn = least(unitsFor(view, tokenIn, dollars), view.balance(tokenIn.address, self.address));
      if (amountIn === 0n) return;
      const { gasPrice, baseFee } = view;
      const tip = gasPrice - baseFee > TIP ? gasPrice - baseFee : TIP;
      for (const { venue: place, amountIn: sold } of routeOf(view, { venues, tokenIn, tokenOut, amountIn }).legs) {
        const minOut = atWorst(view, { tokenIn, tokenOut, amountIn: sold }, maxSlippage);
        const swap = { tokenIn: tokenIn.address, tokenOut: tokenOut.address, amountIn: sold, minOut };
        submit({ call: place.swap({ ...swap, self: self.address }), tip, note: "hedges" });
      }
    },
  });
}

/** What an amount has to buy at least. A venue's quote is of the last block, and the price may have moved since. */
function atWorst(
  view: View,
  trade: { readonly tokenIn: Token; readonly tokenOut: Token; readonly amountIn: bigint },
  maxSlippage: number,
): bigint {
  return unitsFor(view, trade.tokenOut, dollarsOf(view, trade.tokenIn, trade.amountIn) * (1 - maxSlippage));
}
