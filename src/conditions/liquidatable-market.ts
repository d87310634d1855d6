import type { LendingMarket, LendingPosition, LiquidationOption } from "../protocols/roles/lending-market.js";
import type { View } from "../view/view.js";
import type { NamedAccount } from "./accounts.js";
import type { Condition } from "./condition.js";
import type { UnderWater, Unliquidated } from "./under-water.js";
import type { Wait } from "./wait.js";

import { constant } from "../protocols/read-plan.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { isSameAddress } from "../quantity/address.js";
import { dollarsOf, shareOf } from "../view/dollars.js";
import { playerOf } from "../view/role-players.js";

import { accountsNamed, nameOf } from "./accounts.js";
import { defineCondition } from "./condition.js";
import { notOnChain } from "./on-chain.js";
import { unliquidated } from "./under-water.js";
import { nothingToJudge } from "./unjudged.js";
import { requireSomeJudged } from "./wait.js";

/** The parts of what a liquidation may repay that are tried: small ones pay where the collateral is nearly gone. */
const PARTS = [1, 0.5, 0.1, 0.01];

/** Judges a lending market's own liquidations, by what its adapter says they pay. */
export function liquidatableMarket(
  id: string,
  {
    lending,
    accounts,
    dust,
    within,
  }: {
    readonly lending: string | undefined;
    readonly accounts: readonly string[] | undefined;
    readonly dust: number;
    readonly within: Wait;
  },
): Condition {
  return defineCondition<readonly NamedAccount[] | undefined, undefined, Unliquidated>({
    id,
    inspect: async (context) => {
      requireSomeJudged(id, within, context);
      return accounts === undefined ? undefined : accountsNamed(accounts, context.accounts);
    },
    // the protocol's own part of the read already has everything
    observe: () => constant(undefined),
    onChain: () =>
      notOnChain(
        "what a liquidation in a lending market pays is worked out from the market's rules, not tried by a call",
      ),
    judge: (context, chosen) => {
      const { view } = context;
      const market = playerOf(view, lendingMarket, lending);
      const judged = market.positions.filter(
        ({ account, debt }) =>
          debt.length > 0 && (chosen?.some(({ address }) => isSameAddress(address, account)) ?? true),
      );
      if (judged.length === 0) return nothingToJudge("no account owes anything");
      const positions = judged.flatMap((position) => underWater(view, market, position) ?? []);
      return unliquidated(
        positions.filter(({ debt, collateral }) => debt > dust && collateral > dust),
        within,
        context,
      );
    },
  });
}

/** `undefined` for a healthy position, and for one in tokens whose fair prices are not known. */
function underWater(view: View, market: LendingMarket, position: LendingPosition): UnderWater | undefined {
  const { account, healthFactor, collateral, debt } = position;
  if (healthFactor === undefined || healthFactor >= 1) return undefined;
  if ([...collateral, ...debt].some(({ token }) => token.asset === undefined)) return undefined;
  const worth = (holdings: LendingPosition["debt"]): number =>
    holdings.reduce((sum, { token, amount }) => sum + dollarsOf(view, token, amount), 0);
  const profits = market.liquidations(position).flatMap((option) => PARTS.map((part) => profitOf(view, option, part)));
  return {
    name: nameOf(account, view.accounts),
    debt: worth(debt),
    collateral: worth(collateral),
    profit: profits.length === 0 ? undefined : Math.max(...profits),
    why: "the market offers no liquidation",
  };
}

/** US dollars at fair prices, before gas. */
function profitOf(view: View, option: LiquidationOption, part: number): number {
  const { debt, collateral, unwrap } = option;
  const { paid, received } = option.amounts(shareOf(option.maxRepay, part));
  const gained =
    unwrap === undefined
      ? dollarsOf(view, collateral, received)
      : dollarsOf(view, unwrap.token, unwrap.amount(received));
  return gained - dollarsOf(view, debt, paid);
}
