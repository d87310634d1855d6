import type { MarginMarket } from "../protocols/roles/margin-market.js";
import type { ActContext, Agent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { marginMarket } from "../protocols/roles/margin-market.js";
import { isSameAddress } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** The share of its buying power that it uses, a choice: fees and price impact reduce the margin. */
const OF_THE_MOST = 0.9;

/** Options of {@link marginArbitrageur}. */
export interface MarginArbitrageurOptions {
  readonly name?: string;
  /** The margin market it trades on. Default: the only one. */
  readonly market?: string;
  /** Whole tokens by asset, 0 to 1e15 each; its balance of the market's collateral backs its positions. */
  readonly capital: Readonly<Record<string, number>>;
  /**
   * Distance from the fair price at which it trades, as a fraction, 0 to 1. Default 0.002: Perpetual Protocol V2's fee of 0.1
   * %, paid on the way in and on the way out.
   */
  readonly band?: number;
}

/** Its last attempt. */
interface Try {
  /** The market's price then, US dollars. */
  readonly price: number;
  /** The share of the way to the fair price that it aimed for, of the logarithm. */
  readonly part: number;
}

/**
 * Keeps a margin market's price p at the fair price f: when `|f / p - 1|` is above `band`, it buys below f and sells above it
 * until p is at f, as far as its collateral allows: 0.9 of `free / initial margin` US dollars, plus what closes its own
 * position. Without such an arbitrageur, the price on a virtual AMM does not follow the asset's.
 *
 * A market may cap the price move per block, as Perpetual Protocol V2 does: if an order reverts, it aims for half the way, and
 * so on.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `marginArbitrageur({ capital: { USDC: 1_000_000 } })`
 */
export function marginArbitrageur(options: MarginArbitrageurOptions): Agent {
  requireKnown("marginArbitrageur", options, ["name", "market", "capital", "band"]);
  const { market: marketName, band = 0.002, ...rest } = options;
  requireInRange("marginArbitrageur", "band", band, { min: 0, max: 1 });
  return defineAgent<Try | undefined>({
    role: "margin arbitrageur",
    ...rest,
    memory: undefined,
    act: (context) => {
      const { view, self, submit, memory, remember } = context;
      const market = playerOf(view, marginMarket, marketName);
      const held = view.balance(market.collateral.address, self.address);
      if (held > 0n) submit({ call: market.deposit(held, self.address), note: "backs its positions" });
      const fair = view.price(market.asset);
      const price = market.tradePrice;
      remember(undefined);
      if (Math.abs(fair / price - 1) <= band) return;
      const side = fair > price ? "long" : "short";
      const notional = reach(market, side, context);
      if (notional <= 0) return;
      const part = memory?.price === price ? memory.part / 2 : 1;
      remember({ price, part });
      const limit = price * (fair / price) ** part;
      submit({ call: market.open({ side, notional, limit, self: self.address }), note: "arbitrage" });
    },
  });
}

/** US dollars that it can trade: what its free collateral allows, plus the position that it would close. */
function reach(market: MarginMarket, side: "long" | "short", { self }: Pick<ActContext, "self">): number {
  const free = wholeUnits(market.freeCollateral(self.address), market.collateral.decimals);
  const own = market.positions.find(({ account }) => isSameAddress(account, self.address));
  const undone = own !== undefined && own.size > 0 !== (side === "long") ? own.notional : 0;
  return (free / market.initialMargin) * OF_THE_MOST + undone;
}
