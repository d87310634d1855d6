import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { AaveV3Reserve } from "./inspect.js";
import type { AaveV3View } from "./view.js";

import { maxUint256 } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { choose, fraction } from "../../quantity/share.js";

/** The free moves of an Aave V3 market. */
export function aaveV3Actions(reserves: readonly AaveV3Reserve[]): readonly Action<AaveV3View>[] {
  const own = ({ view, self }: ActionContext<AaveV3View>) => view.accounts.get(addressKey(self));
  const owed = (context: ActionContext<AaveV3View>, reserve: AaveV3Reserve): bigint =>
    own(context)?.owed.get(keyOf(reserve)) ?? 0n;
  return [
    onReserve(
      "supply",
      reserves.filter(({ takesDeposits }) => takesDeposits),
      ({ balance }, { token }) => balance(token.address),
    ),
    onReserve("withdraw", reserves, (context, reserve) => own(context)?.supplied.get(keyOf(reserve)) ?? 0n),
    onReserve(
      "borrow",
      reserves.filter(({ lends }) => lends),
      (context, { token }) => {
        const account = own(context);
        return account === undefined ? 0n : context.view.maxBorrowable(account, token.address);
      },
    ),
    onReserve(
      "repay",
      reserves,
      (context, reserve) => least(owed(context, reserve), context.balance(reserve.token.address)),
      // the debt of a block ago leaves a block's interest behind, and a position with debt cannot be closed
      (amount, context, reserve) => (amount === owed(context, reserve) ? maxUint256 : amount),
    ),
    { name: "liquidate", operands: 3, ordinary: false, build: buildLiquidation },
  ];
}

function onReserve(
  name: "supply" | "withdraw" | "borrow" | "repay",
  reserves: readonly AaveV3Reserve[],
  most: (context: ActionContext<AaveV3View>, reserve: AaveV3Reserve) => bigint,
  adjust: (amount: bigint, context: ActionContext<AaveV3View>, reserve: AaveV3Reserve) => bigint = (amount) => amount,
): Action<AaveV3View> {
  return {
    name,
    operands: 2,
    ordinary: true,
    build: ([which = 0, share = 0], context) => {
      const reserve = choose(which, reserves);
      if (reserve === undefined) return undefined;
      const amount = fraction(share, most(context, reserve));
      if (amount === 0n) return undefined;
      return context.view[name](reserve.token.address, adjust(amount, context, reserve), context.self);
    },
  };
}

function buildLiquidation(
  [whom = 0, which = 0, share = 0]: readonly number[],
  { view, self }: ActionContext<AaveV3View>,
): ContractCall | undefined {
  // positions with debt, including healthy ones: an earlier call of the same block may move the price
  const debtors = [...view.accounts.values()].filter(
    ({ address, debtBase }) => debtBase > 0n && !isSameAddress(address, self),
  );
  const debtor = choose(whom, debtors);
  if (debtor === undefined) return undefined;
  const held = (amounts: ReadonlyMap<string, bigint>): readonly AaveV3Reserve[] =>
    view.reserves.filter((reserve) => (amounts.get(keyOf(reserve)) ?? 0n) > 0n);
  const debts = held(debtor.owed);
  const pair = choose(
    which,
    held(debtor.supplied).flatMap((collateral) => debts.map((debt) => ({ collateral, debt }))),
  );
  if (pair === undefined) return undefined;
  const amount = fraction(share, debtor.owed.get(keyOf(pair.debt)) ?? 0n);
  if (amount === 0n) return undefined;
  return view.liquidationCall(pair.collateral.token.address, pair.debt.token.address, debtor.address, amount);
}

function keyOf({ token }: AaveV3Reserve): string {
  return addressKey(token.address);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
