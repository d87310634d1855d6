import type { AaveV3Reserve } from "../protocols/aave-v3-inspect.js";
import type { AaveV3Account, AaveV3View } from "../protocols/aave-v3-view.js";
import type { ContractCall } from "../protocols/call.js";
import type { Token } from "../protocols/protocol.js";
import type { Venue } from "../protocols/venue.js";
import type { ActContext, Agent } from "./agent.js";

import { maximise } from "../market/maximise.js";
import { requireInRange, requireKnown, requireNames } from "../options.js";
import { HEALTH_FACTOR_ONE } from "../protocols/aave-v3-view.js";
import { aaveV3 } from "../protocols/aave-v3.js";

import { defineAgent } from "./agent.js";
import { dollarsOf, least } from "./dollars.js";
import { gasCost } from "./gas-cost.js";
import { routeOf, submitTrade } from "./routed-trade.js";
import { isSame, venuesOf } from "./venues-of.js";

/** Gas of a liquidation and of the sale that follows it (a liquidationCall on Aave V3 measures 350,000 to 500,000). */
const LIQUIDATION_GAS = 615_000n;

/** Options of {@link liquidator}. */
export interface LiquidatorOptions {
  readonly name?: string;
  /** The aaveV3 protocol whose positions it watches. Default: the only one. */
  readonly lending?: string;
  /** Names of the venues on which it sells what it seized. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset; it repays debts with what it has. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Profit below which it stays away, US dollars after slippage and gas. Default 0. */
  readonly minProfit?: number;
  /** How much less than quoted it accepts for what it seized, 0 to 1. Default 1: it does not keep it. */
  readonly maxSlippage?: number;
}

/**
 * Liquidates positions on Aave V3 whose health factor is below 1, with its own capital, and sells what it seized in
 * the next block, over as many venues as pay. It takes the liquidation that pays most (bonus, minus the protocol's fee, minus the slippage
 * of the sale, minus gas), repays no more than pays, the close factor allows and it has, and stays away where nothing
 * pays.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `liquidator({ capital: { USDC: 500_000 } })`
 */
export function liquidator(options: LiquidatorOptions = {}): Agent {
  requireKnown("liquidator", options, ["name", "lending", "venues", "capital", "minProfit", "maxSlippage"]);
  const { lending: lendingName, venues: names, minProfit = 0, maxSlippage = 1, ...rest } = options;
  requireNames("liquidator", "venues", names);
  requireInRange("liquidator", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireInRange("liquidator", "minProfit", minProfit, { min: 0, max: 1e12 });
  return defineAgent({
    role: "liquidator",
    ...rest,
    act: (context) => {
      const { view, submit } = context;
      const venues = venuesOf(view, names);
      sellSeized(context, venues, maxSlippage);
      const best = bestLiquidation(view.at(aaveV3, lendingName), venues, context);
      if (best === undefined || best.profit - gasCost(view, LIQUIDATION_GAS) <= minProfit) return;
      submit({ call: best.call, note: "liquidation" });
    },
  });
}

/** Sells what it has more of than at the start, for what it has less of: what it repaid debts with. */
function sellSeized(context: ActContext, venues: ReadonlyMap<string, Venue>, maxSlippage: number): void {
  const { view, start, self } = context;
  const gained = ({ address }: Token): bigint =>
    view.balance(address, self.address) - start.balance(address, self.address);
  const sold = new Set<Token>();
  for (const { tokens } of venues.values()) {
    for (const tokenIn of tokens) {
      const tokenOut = tokens.find((token) => gained(token) < 0n);
      const amountIn = gained(tokenIn);
      if (tokenOut === undefined || amountIn <= 0n || [...sold].some((token) => isSame(token, tokenIn))) continue;
      sold.add(tokenIn);
      submitTrade(context, { venues, tokenIn, tokenOut, amountIn }, { note: "sells what it seized", maxSlippage });
    }
  }
}

interface Liquidation {
  readonly call: ContractCall;
  /** US dollars before gas */
  readonly profit: number;
}

function bestLiquidation(
  lending: AaveV3View,
  venues: ReadonlyMap<string, Venue>,
  context: ActContext,
): Liquidation | undefined {
  let best: Liquidation | undefined;
  for (const account of lending.accounts.values()) {
    if (
      account.healthFactor >= HEALTH_FACTOR_ONE ||
      account.address.toLowerCase() === context.self.address.toLowerCase()
    ) {
      continue;
    }
    for (const debt of lending.reserves) {
      for (const collateral of lending.reserves) {
        const candidate = liquidation({ lending, venues, account, debt, collateral }, context);
        if (candidate !== undefined && candidate.profit > (best?.profit ?? 0)) best = candidate;
      }
    }
  }
  return best;
}

interface Market {
  readonly lending: AaveV3View;
  readonly venues: ReadonlyMap<string, Venue>;
  readonly account: AaveV3Account;
  readonly debt: AaveV3Reserve;
  readonly collateral: AaveV3Reserve;
}

/** The liquidation of one debt, for one collateral, in the size that pays most; `undefined` where none pays. */
function liquidation(market: Market, { view, self }: ActContext): Liquidation | undefined {
  const { lending, venues, account, debt, collateral } = market;
  if (collateral === debt) return undefined;
  const most = least(view.balance(debt.token.address, self.address), lending.maxRepayable(account, debt.token.address));
  const profitOf = (repay: bigint): number => {
    const amounts = lending.liquidation(account, collateral, debt, repay);
    if (amounts === undefined || amounts.received === 0n) return 0;
    const sale = { venues, tokenIn: collateral.token, tokenOut: debt.token, amountIn: amounts.received };
    return dollarsOf(view, debt.token, routeOf(view, sale).amountOut - amounts.paid);
  };
  // nothing to repay with, nothing to repay, or no price to do it at
  if (most === 0n || profitOf(most) === 0) return undefined;
  const repay = maximise(profitOf, most);
  return {
    call: lending.liquidationCall(collateral.token.address, debt.token.address, account.address, repay),
    profit: profitOf(repay),
  };
}
