import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ReadPlan } from "../read-plan.js";
import type { AaveV3Facts, AaveV3Reserve } from "./inspect.js";
import type { LiquidationAmounts } from "./math.js";

import { erc20Abi, maxUint256 } from "viem";

import { addressKey } from "../../quantity/address.js";
import { call } from "../call.js";
import { all, attempt, list, map, read } from "../read-plan.js";

import { oracleAbi, poolAbi } from "./abi.js";
import { closeableDebt, liquidationAmounts } from "./math.js";

/** Variable rate: the only one that Aave still offers for new debt. */
const VARIABLE = 2n;

/** Health factors have 18 decimals. */
export const HEALTH_FACTOR_ONE: bigint = 10n ** 18n;

/** A position. */
export interface AaveV3Account {
  readonly address: Address;
  /** Value of the collateral in the market's base currency (US dollars with 8 decimals), at the market's own prices. */
  readonly collateralBase: bigint;
  /** Value of the debt, likewise. */
  readonly debtBase: bigint;
  /** What it may still borrow, likewise. */
  readonly availableBase: bigint;
  /** 18 decimals; below 1 the position can be liquidated. */
  readonly healthFactor: bigint;
  /** Its supply, base units, by lower-case token address. */
  readonly supplied: ReadonlyMap<string, bigint>;
  /** Its variable-rate debt, base units, by lower-case token address. */
  readonly owed: ReadonlyMap<string, bigint>;
}

/** The total supply of a token, and the part of it that is not borrowed. Base units. */
export interface AaveV3Liquidity {
  readonly supplied: bigint;
  readonly available: bigint;
}

/** Builders of user calls; amounts are base units. */
export interface AaveV3Calls {
  /** Supplies a token, on the caller's own behalf. */
  supply(asset: Address, amount: bigint, self: Address): ContractCall;
  /** Withdraws a supply. */
  withdraw(asset: Address, amount: bigint, self: Address): ContractCall;
  /** Borrows at the variable rate. */
  borrow(asset: Address, amount: bigint, self: Address): ContractCall;
  /** Repays a debt. @param amount - `maxUint256` repays everything, including interest accrued by then */
  repay(asset: Address, amount: bigint, self: Address): ContractCall;
  /** Liquidates a position, and is paid in the collateral itself. */
  liquidationCall(collateral: Address, debt: Address, user: Address, debtToCover: bigint): ContractCall;
}

/** What agents see of an Aave V3 market. */
export interface AaveV3View extends AaveV3Calls {
  readonly pool: Address;
  readonly reserves: readonly AaveV3Reserve[];
  /** Positions by lower-case account address. */
  readonly accounts: ReadonlyMap<string, AaveV3Account>;
  /** The market's own prices in its base currency (8 decimals), by lower-case token address; 0 while its feed fails. */
  readonly prices: ReadonlyMap<string, bigint>;
  /** The total supply, and the part of it that can be withdrawn, base units, by lower-case token address. */
  readonly liquidity: ReadonlyMap<string, AaveV3Liquidity>;
  /** Flash loan fee, basis points. */
  readonly flashPremium: bigint;
  /**
   * How much of a token an account may still borrow, base units. One thousandth less than Aave reports: interest
   * and price updates move the limit before a call is mined, and borrowing all of it would always revert.
   */
  maxBorrowable(account: AaveV3Account, asset: Address): bigint;
  /** How much of a debt one liquidation may repay (the close factor), base units. */
  maxRepayable(account: AaveV3Account, debt: Address): bigint;
  /**
   * The amounts that a liquidation would move.
   *
   * @param debtToCover - base units of the debt token
   * @returns `undefined` while a price is missing
   */
  liquidation(
    account: AaveV3Account,
    collateral: AaveV3Reserve,
    debt: AaveV3Reserve,
    debtToCover: bigint,
  ): LiquidationAmounts | undefined;
}

/** The reads of a market in every block: prices, and the positions of some accounts. */
export function aaveV3Plan(facts: AaveV3Facts, accounts: readonly Address[]): ReadPlan<AaveV3View> {
  const { pool, oracle, reserves, flashPremium } = facts;
  const balances = (token: (reserve: AaveV3Reserve) => Address, account: Address): ReadPlan<readonly bigint[]> =>
    list(
      reserves.map((reserve) =>
        read({ address: token(reserve), abi: erc20Abi, functionName: "balanceOf", args: [account] }),
      ),
    );
  const plan = all({
    prices: list(
      reserves.map(({ token }) =>
        attempt(read({ address: oracle, abi: oracleAbi, functionName: "getAssetPrice", args: [token.address] })),
      ),
    ),
    accounts: list(
      accounts.map((account) =>
        all({
          // reverts while an oracle returns nothing usable
          data: attempt(read({ address: pool, abi: poolAbi, functionName: "getUserAccountData", args: [account] })),
          supplied: balances(({ aToken }) => aToken, account),
          owed: balances(({ variableDebtToken }) => variableDebtToken, account),
        }),
      ),
    ),
    liquidity: list(
      reserves.map(({ token, aToken }) =>
        all({
          supplied: read({ address: aToken, abi: erc20Abi, functionName: "totalSupply" }),
          // a reserve's tokens are held by its aToken
          available: read({ address: token.address, abi: erc20Abi, functionName: "balanceOf", args: [aToken] }),
        }),
      ),
    ),
  });
  const units = new Map(reserves.map(({ token }) => [addressKey(token.address), 10n ** BigInt(token.decimals)]));
  return map(plan, (reading) => {
    const byToken = (values: readonly bigint[]): ReadonlyMap<string, bigint> =>
      new Map(reserves.map(({ token }, index) => [addressKey(token.address), values[index] ?? 0n]));
    const positions = accounts.map((address, index): AaveV3Account => {
      const account = reading.accounts[index];
      const [collateralBase = 0n, debtBase = 0n, availableBase = 0n, , , healthFactor = maxUint256] =
        account?.data ?? [];
      return {
        address,
        collateralBase,
        debtBase,
        availableBase,
        healthFactor,
        supplied: byToken(account?.supplied ?? []),
        owed: byToken(account?.owed ?? []),
      };
    });
    const prices = byToken(reading.prices.map((price) => price ?? 0n));
    return {
      pool,
      reserves,
      accounts: new Map(positions.map((position) => [addressKey(position.address), position])),
      prices,
      flashPremium,
      liquidity: new Map(
        reserves.map(({ token }, index) => [
          addressKey(token.address),
          reading.liquidity[index] ?? { supplied: 0n, available: 0n },
        ]),
      ),
      maxBorrowable: ({ availableBase }, asset) => {
        const price = prices.get(addressKey(asset)) ?? 0n;
        const unit = units.get(addressKey(asset)) ?? 0n;
        return price === 0n ? 0n : (availableBase * 999n * unit) / (1000n * price);
      },
      maxRepayable: ({ owed, healthFactor }, debt) => closeableDebt(owed.get(addressKey(debt)) ?? 0n, healthFactor),
      liquidation: ({ supplied }, collateral, debt, debtToCover) =>
        liquidationAmounts({
          debtToCover,
          debtPrice: prices.get(addressKey(debt.token.address)) ?? 0n,
          debtDecimals: debt.token.decimals,
          collateralPrice: prices.get(addressKey(collateral.token.address)) ?? 0n,
          collateralDecimals: collateral.token.decimals,
          collateral: supplied.get(addressKey(collateral.token.address)) ?? 0n,
          bonus: collateral.liquidationBonus,
          protocolFee: collateral.liquidationProtocolFee,
        }),
      ...calls(pool),
    };
  });
}

function calls(pool: Address): AaveV3Calls {
  return {
    supply: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "supply", args: [asset, amount, self, 0] }),
    withdraw: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "withdraw", args: [asset, amount, self] }),
    borrow: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "borrow", args: [asset, amount, VARIABLE, 0, self] }),
    repay: (asset, amount, self) =>
      call({ address: pool, abi: poolAbi, functionName: "repay", args: [asset, amount, VARIABLE, self] }),
    liquidationCall: (collateral, debt, user, debtToCover) =>
      call({
        address: pool,
        abi: poolAbi,
        functionName: "liquidationCall",
        args: [collateral, debt, user, debtToCover, false],
      }),
  };
}
