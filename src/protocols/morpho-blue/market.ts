import type { Address } from "viem";

import type { Holding, LendingMarket, LendingPosition, LiquidationOption } from "../roles/lending-market.js";
import type { LiquidationTerms, MorphoBlueLiquidation } from "./math.js";
import type { MorphoBlueAccount, MorphoBlueView } from "./view.js";

import { maxUint256 } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";

import { liquidationOfCollateral, liquidationOfShares, seizedFor, WAD } from "./math.js";
import { morphoBlueOnChain } from "./on-chain.js";

/** Gas of a liquidation (measured: 130,000 to 153,000, including the tokens' own transfers). */
const LIQUIDATION_GAS = 160_000n;

/** Two roundings up, of a value and of shares, cost a liquidator at most this much more than it offered, base units. */
const ROUNDING = 2n;

/** What every agent sees of a Morpho Blue market. */
export function morphoBlueMarket(view: MorphoBlueView): LendingMarket {
  const { loan, collateral } = view;
  const accountOf = (account: Address): MorphoBlueAccount | undefined => view.accounts.get(addressKey(account));
  const isLoan = (token: Address): boolean => isSameAddress(token, loan.address);
  const isCollateral = (token: Address): boolean => isSameAddress(token, collateral.address);
  return {
    tokens: [loan, collateral],
    positions: [...view.accounts.values()]
      .filter((account) => account.collateral + account.borrowShares + account.supplyShares > 0n)
      .map((account) => positionOf(view, account)),
    liquidations: (position) => {
      const account = accountOf(position.account);
      return account?.healthFactor === undefined || account.healthFactor >= WAD ? [] : optionsOf(view, account);
    },
    price: (token) => (isLoan(token) ? view.loanUsd : isCollateral(token) ? collateralUsd(view) : undefined),
    supplied: (account, token) => {
      const held = accountOf(account);
      if (held === undefined) return 0n;
      return isLoan(token) ? held.supplied : isCollateral(token) ? held.collateral : 0n;
    },
    onChain: (account) => {
      const { lent, pledged, borrowed } = morphoBlueOnChain(view, account);
      return { supplied: [lent, pledged], owed: [borrowed] };
    },
    liquidity: (token) => {
      if (isLoan(token)) return { supplied: view.supplied.assets, available: view.available };
      // collateral is never lent; other markets may hold the same token, so this is an upper bound
      const all = isCollateral(token) ? view.held.collateral : 0n;
      return { supplied: all, available: all };
    },
    borrowable: (account, token) => {
      const position = accountOf(account);
      return position === undefined || !isLoan(token) ? 0n : view.maxBorrowable(position);
    },
    supply: (token, amount, self) => (isLoan(token) ? view.supply(amount, self) : view.supplyCollateral(amount, self)),
    withdraw: (token, amount, self) => {
      if (!isLoan(token)) return view.withdrawCollateral(amount, self);
      const account = accountOf(self);
      // by shares, so that a full withdrawal leaves nothing behind
      return account !== undefined && amount >= account.supplied && account.supplyShares > 0n
        ? view.withdraw({ shares: account.supplyShares }, self)
        : view.withdraw({ assets: amount }, self);
    },
    borrow: (_token, amount, self) => view.borrow(amount, self),
    repay: (_token, amount, self) => {
      const account = accountOf(self);
      return account !== undefined && amount >= account.owed && account.borrowShares > 0n
        ? view.repay({ shares: account.borrowShares }, self)
        : view.repay({ assets: amount }, self);
    },
  };
}

/**
 * The liquidation that repays at most an amount: of the whole debt if the amount suffices and the collateral covers it, else
 * of what the amount buys, or of all collateral. `undefined`: it would move nothing.
 *
 * @param repay - base units of the loan token
 */
export function bestLiquidation(terms: LiquidationTerms, repay: bigint): MorphoBlueLiquidation | undefined {
  const whole = liquidationOfShares(terms.borrowShares, terms);
  if (repay >= whole.repaid && whole.seized <= terms.collateral) return whole;
  const offered = (repay < whole.repaid ? repay : whole.repaid) - ROUNDING;
  const wanted = offered > 0n ? seizedFor(offered, terms) : 0n;
  const seized = wanted < terms.collateral ? wanted : terms.collateral;
  return seized === 0n ? undefined : liquidationOfCollateral(seized, terms);
}

function positionOf(view: MorphoBlueView, account: MorphoBlueAccount): LendingPosition {
  const { loan, collateral, loanUsd = 0 } = view;
  const { healthFactor, owed } = account;
  const holding = (token: Holding["token"], amount: bigint): readonly Holding[] =>
    amount === 0n ? [] : [{ token, amount }];
  return {
    account: account.address,
    healthFactor:
      healthFactor === undefined
        ? undefined
        : healthFactor === maxUint256
          ? Infinity
          : Number(healthFactor) / Number(WAD),
    // supply is not collateral in Morpho Blue
    collateral: holding(collateral, account.collateral),
    debt: holding(loan, owed),
    collateralUsd: wholeUnits(account.collateral, collateral.decimals) * (collateralUsd(view) ?? 0),
    debtUsd: wholeUnits(owed, loan.decimals) * loanUsd,
  };
}

function optionsOf(view: MorphoBlueView, account: MorphoBlueAccount): readonly LiquidationOption[] {
  const terms = view.terms(account);
  if (terms === undefined || account.collateral === 0n) return [];
  return [
    {
      borrower: account.address,
      debt: view.loan,
      collateral: view.collateral,
      // no close factor: one liquidation may repay everything
      maxRepay: account.owed,
      amounts: (repay) => {
        const { repaid = 0n, seized = 0n } = bestLiquidation(terms, repay) ?? {};
        return { paid: repaid, received: seized };
      },
      gas: LIQUIDATION_GAS,
      liquidate: (repay) => {
        const { repaidShares = 0n, seized = 0n } = bestLiquidation(terms, repay) ?? {};
        const isWhole = repaidShares === account.borrowShares;
        return view.liquidate(account.address, isWhole ? { repaidShares } : { seized });
      },
    },
  ];
}

/** US dollars per whole unit of collateral, at the market's price of it. */
function collateralUsd({ price, loanUsd, loan, collateral }: MorphoBlueView): number | undefined {
  if (price === undefined || price === 0n || loanUsd === undefined) return undefined;
  return wholeUnits(price, 36 + loan.decimals - collateral.decimals) * loanUsd;
}
