import type { MarginMarket } from "../protocols/margin-market.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";
import { marginMarketOf } from "./margin-market-of.js";

/** The part of its buying power that it uses: fees and the price that it moves come off the margin. */
const OF_THE_MOST = 0.9;

/** Options of {@link marginArbitrageur}. */
export interface MarginArbitrageurOptions {
  readonly name?: string;
  /** The margin market it trades on. Default: the only one. */
  readonly market?: string;
  /** Whole tokens by asset; what it has of the market's collateral backs its positions. */
  readonly capital: Readonly<Record<string, number>>;
  /** Distance from the fair price at which it trades, as a fraction, 0 to 1. Default 0.002: twice a fee of 0.1 %. */
  readonly band?: number;
}

/**
 * Keeps a margin market's price at the fair price: buys below it and sells above it until the price is there, as far as
 * its collateral reaches. Without somebody like it, a market of virtual tokens does not know that the asset's price moved.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `marginArbitrageur({ capital: { USDC: 1_000_000 } })`
 */
export function marginArbitrageur(options: MarginArbitrageurOptions): Agent {
  requireKnown("marginArbitrageur", options, ["name", "market", "capital", "band"]);
  const { market: marketName, band = 0.002, ...rest } = options;
  requireInRange("marginArbitrageur", "band", band, { min: 0, max: 1 });
  return defineAgent({
    role: "margin arbitrageur",
    ...rest,
    act: (context) => {
      const { view, self, submit } = context;
      const market = marginMarketOf(view, marketName);
      const held = view.balance(market.collateral.address, self.address);
      if (held > 0n) submit({ call: market.deposit(held, self.address), note: "backs its positions" });
      const fair = view.price(market.asset);
      if (Math.abs(fair / market.tradePrice - 1) <= band) return;
      const side = fair > market.tradePrice ? "long" : "short";
      const notional = reach(market, side, context);
      if (notional > 0)
        submit({ call: market.open({ side, notional, limit: fair, self: self.address }), note: "arbitrage" });
    },
  });
}

/** US dollars that it can trade: what its free collateral allows, and the position that it would undo. */
function reach(market: MarginMarket, side: "long" | "short", { self }: ActContext): number {
  const free = Number(market.freeCollateral(self.address)) / 10 ** market.collateral.decimals;
  const own = market.positions.find(({ account }) => account.toLowerCase() === self.address.toLowerCase());
  const undone = own !== undefined && own.size > 0 !== (side === "long") ? own.notional : 0;
  return (free / market.initialMargin) * OF_THE_MOST + undone;
}
