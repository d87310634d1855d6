import type { Address } from "viem";

import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { MorphoBlueFacts } from "./inspect.js";
import type { MorphoBlueAccount, MorphoBlueView } from "./view.js";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { choose, fraction } from "../../quantity/share.js";

import { bestLiquidation } from "./market.js";
import { liquidationOfShares } from "./math.js";

/** The free moves of a Morpho Blue market. */
export function morphoBlueActions({ loan, collateral }: MorphoBlueFacts): readonly Action<MorphoBlueView>[] {
  return [
    ofOne(
      "supply",
      ({ balance }) => balance(loan.address),
      (amount, { view, self }) => view.supply(amount, self),
    ),
    ofOne(
      "withdraw",
      ({ view }, { supplied }) => least(supplied, view.available),
      (amount, { view, self }, { supplied, supplyShares }) =>
        // by shares nothing is left behind, whatever interest accrues until then
        view.withdraw(amount === supplied ? { shares: supplyShares } : { assets: amount }, self),
    ),
    ofOne(
      "supplyCollateral",
      ({ balance }) => balance(collateral.address),
      (amount, { view, self }) => view.supplyCollateral(amount, self),
    ),
    ofOne(
      "withdrawCollateral",
      (_context, account) => account.collateral,
      (amount, { view, self }) => view.withdrawCollateral(amount, self),
    ),
    ofOne(
      "borrow",
      ({ view }, account) => view.maxBorrowable(account),
      (amount, { view, self }) => view.borrow(amount, self),
    ),
    ofOne(
      "repay",
      ({ balance }, { owed }) => least(owed, balance(loan.address)),
      (amount, { view, self }, { owed, borrowShares }) =>
        view.repay(amount === owed ? { shares: borrowShares } : { assets: amount }, self),
    ),
    { name: "liquidate", operands: 2, ordinary: false, build: buildLiquidation },
  ];
}

function ofOne(
  name: string,
  most: (context: ActionContext<MorphoBlueView>, account: MorphoBlueAccount) => bigint,
  make: (amount: bigint, context: ActionContext<MorphoBlueView>, account: MorphoBlueAccount) => ContractCall,
): Action<MorphoBlueView> {
  return {
    name,
    operands: 1,
    ordinary: true,
    build: ([share = 0], context) => {
      const account = own(context);
      if (account === undefined) return undefined;
      const amount = fraction(share, most(context, account));
      return amount === 0n ? undefined : make(amount, context, account);
    },
  };
}

function own({ view, self }: { readonly view: MorphoBlueView; readonly self: Address }): MorphoBlueAccount | undefined {
  return view.accounts.get(addressKey(self));
}

function buildLiquidation(
  [whom = 0, share = 0]: readonly number[],
  { view, self }: ActionContext<MorphoBlueView>,
): ContractCall | undefined {
  // positions with debt, including healthy ones: an earlier call of the same block may move the price
  const debtors = [...view.accounts.values()].filter(
    ({ address, borrowShares }) => borrowShares > 0n && !isSameAddress(address, self),
  );
  const debtor = choose(whom, debtors);
  const terms = debtor === undefined ? undefined : view.terms(debtor);
  if (debtor === undefined || terms === undefined) return undefined;
  const liquidation = bestLiquidation(terms, fraction(share, liquidationOfShares(terms.borrowShares, terms).repaid));
  if (liquidation === undefined) return undefined;
  const { repaidShares, seized } = liquidation;
  return view.liquidate(debtor.address, repaidShares === debtor.borrowShares ? { repaidShares } : { seized });
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
