import type { Address } from "viem";

import type {
  Holding,
  HoldingOnChain,
  LendingMarket,
  LendingPosition,
  LiquidationOption,
} from "../roles/lending-market.js";
import type { AaveV3Reserve } from "./inspect.js";
import type { AaveV3Account, AaveV3View } from "./view.js";

import { erc20Abi, getAbiItem, maxUint256 } from "viem";

import { addressKey } from "../../quantity/address.js";

import { HEALTH_FACTOR_ONE } from "./view.js";

const BALANCE_OF = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/** Gas of a liquidationCall (measured: 350,000 to 500,000). */
const LIQUIDATION_GAS = 500_000n;

/** Aave's base currency has 8 decimals. */
const BASE_UNIT = 1e8;

/** What every agent sees of an Aave V3 market. */
export function aaveV3Market(view: AaveV3View): LendingMarket {
  const accountOf = (account: Address): AaveV3Account | undefined => view.accounts.get(addressKey(account));
  return {
    tokens: view.reserves.map(({ token }) => token),
    positions: [...view.accounts.values()].flatMap((account) => {
      const collateral = holdings(view, account.supplied);
      const debt = holdings(view, account.owed);
      return collateral.length + debt.length === 0 ? [] : [positionOf(account, collateral, debt)];
    }),
    liquidations: (position) => {
      const account = accountOf(position.account);
      return account === undefined || account.healthFactor >= HEALTH_FACTOR_ONE ? [] : liquidationsOf(view, account);
    },
    price: (token) => {
      const price = view.prices.get(addressKey(token)) ?? 0n;
      return price === 0n ? undefined : Number(price) / BASE_UNIT;
    },
    supplied: (account, token) => accountOf(account)?.supplied.get(addressKey(token)) ?? 0n,
    onChain: (account) => {
      const holdings = (
        token: (reserve: AaveV3Reserve) => Address,
        amounts: ReadonlyMap<string, bigint> = new Map(),
      ): readonly HoldingOnChain[] =>
        view.reserves.map((reserve) => ({
          token: reserve.token,
          number: {
            kind: "view",
            to: token(reserve),
            function: BALANCE_OF,
            args: [account],
            was: amounts.get(addressKey(reserve.token.address)) ?? 0n,
          },
        }));
      const position = accountOf(account);
      return {
        supplied: holdings(({ aToken }) => aToken, position?.supplied),
        owed: holdings(({ variableDebtToken }) => variableDebtToken, position?.owed),
      };
    },
    liquidity: (token) => view.liquidity.get(addressKey(token)) ?? { supplied: 0n, available: 0n },
    borrowable: (account, token) => {
      const position = accountOf(account);
      return position === undefined ? 0n : view.maxBorrowable(position, token);
    },
    supply: (token, amount, self) => view.supply(token, amount, self),
    withdraw: (token, amount, self) => view.withdraw(token, amount, self),
    borrow: (token, amount, self) => view.borrow(token, amount, self),
    repay: (token, amount, self) => view.repay(token, amount, self),
  };
}

function holdings({ reserves }: AaveV3View, amounts: ReadonlyMap<string, bigint>): readonly Holding[] {
  return reserves.flatMap(({ token }) => {
    const amount = amounts.get(addressKey(token.address)) ?? 0n;
    return amount === 0n ? [] : [{ token, amount }];
  });
}

function positionOf(
  { address, healthFactor, collateralBase, debtBase }: AaveV3Account,
  collateral: readonly Holding[],
  debt: readonly Holding[],
): LendingPosition {
  // Aave returns the maximum for a position without debt, and this adapter also reads it when the call fails
  const isUnknown = healthFactor === maxUint256 && debt.length > 0;
  return {
    account: address,
    healthFactor: isUnknown
      ? undefined
      : healthFactor === maxUint256
        ? Infinity
        : Number(healthFactor) / Number(HEALTH_FACTOR_ONE),
    collateral,
    debt,
    collateralUsd: Number(collateralBase) / BASE_UNIT,
    debtUsd: Number(debtBase) / BASE_UNIT,
  };
}

function liquidationsOf(view: AaveV3View, account: AaveV3Account): readonly LiquidationOption[] {
  const nothing = { paid: 0n, received: 0n };
  return view.reserves.flatMap((debt) =>
    view.reserves.flatMap((collateral): LiquidationOption[] => {
      const maxRepay = view.maxRepayable(account, debt.token.address);
      if (maxRepay === 0n || (account.supplied.get(addressKey(collateral.token.address)) ?? 0n) === 0n) return [];
      return [
        {
          borrower: account.address,
          debt: debt.token,
          collateral: collateral.token,
          maxRepay,
          amounts: (repay) => view.liquidation(account, collateral, debt, repay) ?? nothing,
          gas: LIQUIDATION_GAS,
          liquidate: (repay) =>
            view.liquidationCall(collateral.token.address, debt.token.address, account.address, repay),
        },
      ];
    }),
  );
}
