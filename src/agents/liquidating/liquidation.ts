import type { Address } from "viem";

import type { LendingMarket, LiquidationOption } from "../../protocols/roles/lending-market.js";
import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { Gains } from "../trading/seized.js";
import type { Liquidation, RepaymentFunds } from "./liquidation-funds.js";

import { isSameAddress } from "../../quantity/address.js";
import { maximise } from "../../quantity/maximise.js";
import { dollarsOf, least } from "../../view/dollars.js";
import { gasCost } from "../../view/gas-cost.js";
import { routeOf } from "../trading/routed-trade.js";
import { gainOf } from "../trading/seized.js";

/** Gas of redeeming a claim for its underlying token; an estimate. */
const UNWRAP_GAS = 200_000n;

/** Where to look for liquidations. */
interface LiquidationSearch {
  readonly markets: ReadonlyMap<string, LendingMarket>;
  /** Where seized collateral can be sold. */
  readonly venues: ReadonlyMap<string, Venue>;
  readonly funds: RepaymentFunds;
  /** Whether a borrower of a market may be liquidated yet. */
  readonly isReady: (market: string, borrower: Address) => boolean;
}

/**
 * The most profitable liquidation after gas, over all markets, borrowers, debts, collaterals and venues, each in its most
 * profitable size; `undefined` if none is profitable.
 */
export function bestLiquidation(context: Gains, search: LiquidationSearch): Liquidation | undefined {
  const { view, self } = context;
  const net = ({ profit, gas }: Liquidation): number => profit - gasCost(view, gas);
  let best: Liquidation | undefined;
  for (const [name, market] of search.markets) {
    for (const position of market.positions) {
      if (isSameAddress(position.account, self.address)) continue;
      for (const option of market.liquidations(position)) {
        if (!search.isReady(name, position.account)) continue;
        const candidate = inBestSize(option, context, search);
        if (candidate !== undefined && net(candidate) > (best === undefined ? 0 : net(best))) best = candidate;
      }
    }
  }
  return best;
}

function inBestSize(
  option: LiquidationOption,
  context: Gains,
  { venues, funds }: LiquidationSearch,
): Liquidation | undefined {
  const { view } = context;
  const { debt, unwrap } = option;
  const most = least(funds.most(debt), option.maxRepay);
  if (most <= 0n || option.amounts(most).received === 0n) return undefined;
  const sold = unwrap?.token ?? option.collateral;
  const sale = saleOf(context, venues, sold, debt);
  const seizedFor = (repay: bigint): bigint => {
    const { received } = option.amounts(repay);
    return unwrap === undefined ? received : unwrap.amount(received);
  };
  const profitOf = (repay: bigint): number =>
    dollarsOf(view, debt, sale.proceeds(seizedFor(repay)) - option.amounts(repay).paid) - funds.cost(debt, repay);
  const repay = maximise(profitOf, most);
  const gas = option.gas + (unwrap === undefined ? 0n : UNWRAP_GAS) + sale.gas(seizedFor(repay)) + funds.gas;
  return { option, repay, profit: profitOf(repay), gas };
}

/** A sale of collateral for the token of the debt. */
interface Sale {
  /** What a further amount of the token sells for, base units of the debt's. */
  proceeds(amount: bigint): bigint;
  gas(amount: bigint): bigint;
}

/** Collateral that the agent seized earlier and sells in this block moves the price before what it is about to seize. */
function saleOf(context: Gains, venues: ReadonlyMap<string, Venue>, tokenIn: Token, tokenOut: Token): Sale {
  // collateral in the debt token needs no sale
  if (isSameAddress(tokenIn.address, tokenOut.address)) return { proceeds: (amount) => amount, gas: () => 0n };
  const gained = gainOf(context, tokenIn);
  const before = gained > 0n && gainOf(context, tokenOut) < 0n ? gained : 0n;
  const routed = (amount: bigint) => routeOf(context.view, { venues, tokenIn, tokenOut, amountIn: before + amount });
  const sold = routed(0n).amountOut;
  return {
    proceeds: (amount) => routed(amount).amountOut - sold,
    gas: (amount) => routed(amount).legs.reduce((gas, { venue }) => gas + venue.swapGas, 0n),
  };
}
