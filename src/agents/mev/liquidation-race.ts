import type { Venue } from "../../protocols/roles/venue.js";
import type { PendingCall } from "../../view/view.js";
import type { ActContext } from "../agent.js";
import type { Opportunity } from "./searched.js";

import { isAddress } from "viem";

import { lendingMarket } from "../../protocols/roles/lending-market.js";
import { addressKey, isSameAddress } from "../../quantity/address.js";
import { gasCost } from "../../view/gas-cost.js";
import { bestLiquidation } from "../liquidating/liquidation.js";
import { ownCapital } from "../liquidating/repayment-funds.js";

/**
 * Front-runs a pending liquidation, with its own capital and in the most profitable size; `undefined` if that is not profitable
 * after gas. It keeps the seized collateral until it can be sold.
 */
export function liquidationBefore(
  pending: PendingCall,
  venues: ReadonlyMap<string, Venue>,
  context: ActContext,
): Opportunity | undefined {
  const { view } = context;
  const { call, tip } = pending;
  const named = new Set(
    call.args.flatMap((arg) => (typeof arg === "string" && isAddress(arg, { strict: false }) ? [addressKey(arg)] : [])),
  );
  for (const [name, market] of view.all(lendingMarket)) {
    const position = market.positions.find(({ account }) => named.has(addressKey(account)));
    if (position === undefined) continue;
    // what a liquidation of this market looks like
    const [option] = market.liquidations(position);
    const like = option?.liquidate(option.maxRepay, context.self.address);
    if (like?.function.name !== call.function.name || !isSameAddress(like.to, call.to)) continue;
    const best = bestLiquidation(context, {
      markets: new Map([[name, market]]),
      venues,
      funds: ownCapital(context),
      isReady: (_market, borrower) => isSameAddress(borrower, position.account),
    });
    if (best === undefined) continue;
    const before = ownCapital(context).calls(best);
    return { before, behind: [], tip, profit: best.profit - gasCost(view, best.gas) };
  }
  return undefined;
}
