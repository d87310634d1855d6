import type { MarginLiquidation, MarginMarket } from "../protocols/roles/margin-market.js";
import type { View } from "../view/view.js";
import type { ActContext, Agent, Intent } from "./agent.js";

import { requireInRange, requireKnown } from "../options.js";
import { marginMarket } from "../protocols/roles/margin-market.js";
import { isSameAddress } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";
import { gasCost } from "../view/gas-cost.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** The shares of a position that it considers, a choice: a smaller one costs less slippage to close. */
const SHARES = [1, 0.5, 0.25, 0.125] as const;

/** Options of {@link marginLiquidator}. */
export interface MarginLiquidatorOptions {
  readonly name?: string;
  /** The margin market whose positions it watches. Default: the only one. */
  readonly market?: string;
  /** Whole tokens by asset, 0 to 1e15 each; its balance of the market's collateral backs the positions that it takes over. */
  readonly capital: Readonly<Record<string, number>>;
  /** Minimum profit, US dollars after fees, slippage and gas, 0 to 1e12. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
}

/**
 * Liquidates positions on a margin market, and closes the positions that it took over in the next block. Of the shares x of 1,
 * 1/2, 1/4 and 1/8 of the most that one liquidation may take over, it chooses the most profitable one that its free collateral
 * can back: `reward(x) - closing cost(x) - gas`, with the market's own reward and the fees and slippage of closing at the
 * current price. It does nothing if that is not above `minProfit`.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `marginLiquidator({ capital: { USDC: 300_000 } })`
 */
export function marginLiquidator(options: MarginLiquidatorOptions): Agent {
  requireKnown("marginLiquidator", options, ["name", "market", "capital", "minProfit"]);
  const { market: marketName, minProfit = 0, ...rest } = options;
  requireInRange("marginLiquidator", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "margin liquidator",
    ...rest,
    act: (context) => {
      const { view, self, submit } = context;
      const market = playerOf(view, marginMarket, marketName);
      const held = view.balance(market.collateral.address, self.address);
      if (held > 0n) submit({ call: market.deposit(held, self.address), note: "backs what it will take over" });
      const own = market.positions.find(({ account }) => isSameAddress(account, self.address));
      if (own !== undefined) submit({ call: market.close(self.address), note: "closes what it took over" });
      for (const intent of liquidations(market, minProfit, context)) submit(intent);
    },
  });
}

function liquidations(market: MarginMarket, minProfit: number, { view, self }: ActContext): readonly Intent[] {
  let free = wholeUnits(market.freeCollateral(self.address), market.collateral.decimals);
  return market.positions
    .filter(({ account }) => !isSameAddress(account, self.address))
    .flatMap((position) => market.liquidations(position))
    .flatMap((liquidation) => {
      const best = bestShare(market, liquidation, free, view);
      if (best === undefined || best.profit <= minProfit) return [];
      free -= liquidation.marginNeeded(best.share);
      const call = liquidation.liquidate(best.share, self.address);
      return [{ call, gas: (liquidation.gas * 3n) / 2n, note: "liquidation" }];
    });
}

function bestShare(
  market: MarginMarket,
  liquidation: MarginLiquidation,
  free: number,
  view: View,
): { readonly share: number; readonly profit: number } | undefined {
  const gas = gasCost(view, liquidation.gas + market.closingGas);
  let best: { readonly share: number; readonly profit: number } | undefined;
  for (const share of SHARES) {
    if (liquidation.marginNeeded(share) > free) continue;
    const profit = liquidation.reward(share) - market.closingCost(liquidation.maxSize * share) - gas;
    if (best === undefined || profit > best.profit) best = { share, profit };
  }
  return best;
}
