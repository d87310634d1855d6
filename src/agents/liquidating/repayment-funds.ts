import type { FlashLender } from "../../protocols/roles/flash-lender.js";
import type { Venue } from "../../protocols/roles/venue.js";
import type { Token } from "../../protocols/token.js";
import type { ActContext } from "../agent.js";
import type { RepaymentFunds } from "./liquidation-funds.js";

import { flashLenders } from "../../protocols/roles/flash-lender.js";
import { raid } from "../../protocols/roles/raid.js";
import { isSameAddress } from "../../quantity/address.js";
import { dollarsOf } from "../../view/dollars.js";
import { routeOf } from "../trading/routed-trade.js";

/** Gas of a flash loan, and of the sale within it; an estimate. */
const LOAN_GAS = 500_000n;

/** Repays from the agent's own balance. */
export function ownCapital({ view, self }: Pick<ActContext, "view" | "self">): RepaymentFunds {
  return {
    most: ({ address }) => view.balance(address, self.address),
    cost: () => 0,
    gas: 0n,
    calls: ({ option, repay }) => {
      const { received } = option.amounts(repay);
      const liquidate = option.liquidate(repay, self.address);
      return option.unwrap === undefined ? [liquidate] : [liquidate, option.unwrap.call(received, self.address)];
    },
  };
}

/**
 * Repays with a flash loan: borrows, liquidates, sells the seized collateral, and pays back, atomically.
 * Of several lenders of a token it takes the cheapest one with enough liquidity.
 *
 * @param venues - where the seized collateral is sold
 */
export function flashLoan(
  { view, self }: Pick<ActContext, "view" | "self">,
  venues: ReadonlyMap<string, Venue>,
): RepaymentFunds {
  const lendersOf = (token: Token): readonly FlashLender[] =>
    [...view.all(flashLenders).values()].flat().filter((lender) => isSameAddress(lender.token.address, token.address));
  const cheapest = (token: Token, amount: bigint): FlashLender | undefined =>
    lendersOf(token)
      .filter(({ available }) => available >= amount)
      .sort((one, other) => Number(one.fee(amount) - other.fee(amount)))[0];
  return {
    most: (token) => lendersOf(token).reduce((most, { available }) => (available > most ? available : most), 0n),
    cost: (token, amount) => dollarsOf(view, token, cheapest(token, amount)?.fee(amount) ?? 0n),
    gas: LOAN_GAS,
    calls: ({ option, repay }) => {
      const { received } = option.amounts(repay);
      const from = cheapest(option.debt, repay);
      if (from === undefined) return [];
      const { unwrap } = option;
      const seized = unwrap?.token ?? option.collateral;
      const amountIn = unwrap === undefined ? received : unwrap.amount(received);
      const sale = { venues, tokenIn: seized, tokenOut: option.debt, amountIn };
      const legs = isSameAddress(seized.address, option.debt.address) ? [] : routeOf(view, sale).legs;
      return [
        raid(self.address, { from, amount: repay }, [
          option.liquidate(repay, self.address),
          ...(unwrap === undefined ? [] : [unwrap.call(received, self.address)]),
          // at any price: if it does not cover the loan, the whole transaction reverts
          ...legs.map((leg) =>
            leg.venue.swap({
              tokenIn: seized.address,
              tokenOut: option.debt.address,
              amountIn: leg.amountIn,
              self: self.address,
            }),
          ),
        ]),
      ];
    },
  };
}
