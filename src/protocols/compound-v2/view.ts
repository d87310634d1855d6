import type { Address } from "viem";

import type { ReadCall, ReadPlan } from "../read-plan.js";
import type { CompoundV2Calls } from "./calls.js";
import type { CompoundV2Facts, CompoundV2Market } from "./inspect.js";
import type { SeizedAmounts } from "./math.js";

import { encodeFunctionData } from "viem";

import { addressKey } from "../../quantity/address.js";
import { after, all, attempt, list, map, read } from "../read-plan.js";

import { comptrollerAbi, cTokenAbi, priceOracleAbi } from "./abi.js";
import { compoundV2Calls } from "./calls.js";
import { MANTISSA, nextExchangeRate, seizedAmounts } from "./math.js";

/** A market with its interest accrued. Amounts are base units, of the token unless stated otherwise. */
export interface CompoundV2MarketState extends CompoundV2Market {
  readonly cash: bigint;
  readonly totalBorrows: bigint;
  readonly totalReserves: bigint;
  /** Base units of the cToken. */
  readonly totalSupply: bigint;
  /** Base units of the token per base unit of the cToken, 18 decimals. */
  readonly exchangeRate: bigint;
  /**
   * The same one block later, if the market is not used until then: what a call of the next block meets. In forks that accrue
   * interest by seconds it equals the present rate.
   */
  readonly nextExchangeRate: bigint;
  /** The fraction of a supply's value that can be borrowed against it: 0.8. */
  readonly collateralFactor: number;
  /**
   * The market's own price, US dollars per base unit with 36 decimals, or per whole unit with 36 minus the token's; 0 while
   * its oracle fails.
   */
  readonly price: bigint;
}

/** A position. */
export interface CompoundV2Account {
  readonly address: Address;
  /**
   * What it may still borrow, and its shortfall, US dollars with 18 decimals, at the market's own prices, as
   * `getAccountLiquidity` reports; `undefined` while the market cannot compute it.
   */
  readonly liquidity: bigint | undefined;
  readonly shortfall: bigint | undefined;
  /** Lower-case cToken addresses of the markets whose supply counts as collateral. */
  readonly entered: ReadonlySet<string>;
  /** Base units of the cTokens, by lower-case cToken address. */
  readonly cTokens: ReadonlyMap<string, bigint>;
  /** Its debt, base units of the token, by lower-case cToken address. */
  readonly owed: ReadonlyMap<string, bigint>;
}

/** What agents see of a comptroller's markets. */
export interface CompoundV2View extends CompoundV2Calls {
  readonly comptroller: Address;
  readonly markets: readonly CompoundV2MarketState[];
  /** Positions by lower-case account address. */
  readonly accounts: ReadonlyMap<string, CompoundV2Account>;
  /** The close factor: how much of a debt one liquidation may repay, as a fraction, 0.5. */
  readonly closeFactor: number;
  /** What a liquidator receives per unit repaid, as a factor: 1.08. */
  readonly liquidationIncentive: number;
  /** The market of a token or of a cToken. */
  market(token: Address): CompoundV2MarketState | undefined;
  /**
   * How much of a market's token an account may still borrow, base units, at most the market's cash. One thousandth less
   * than Compound reports: interest and price updates move the limit before a call is mined, and borrowing all of it would
   * always fail.
   */
  maxBorrowable(account: CompoundV2Account, market: CompoundV2MarketState): bigint;
  /** How much of a debt one liquidation may repay (the close factor), base units. */
  maxRepayable(account: CompoundV2Account, debt: CompoundV2MarketState): bigint;
  /**
   * The amounts that a liquidation would move in the next block.
   *
   * @param repay - base units of the debt token
   * @returns `undefined` while a price is missing
   */
  liquidation(
    account: CompoundV2Account,
    collateral: CompoundV2MarketState,
    debt: CompoundV2MarketState,
    repay: bigint,
  ): SeizedAmounts | undefined;
}

/** The reads of a comptroller in every block: its markets, and the positions of some accounts, interest accrued. */
export function compoundV2Plan(facts: CompoundV2Facts, accounts: readonly Address[]): ReadPlan<CompoundV2View> {
  const { comptroller, markets } = facts;
  const accruals: readonly ReadCall[] = markets.map(({ cToken }) => ({
    to: cToken.address,
    data: encodeFunctionData({ abi: cTokenAbi, functionName: "accrueInterest" }),
  }));
  const rules = { address: comptroller, abi: comptrollerAbi } as const;
  const plan = after(
    accruals,
    all({
      closeFactor: read({ ...rules, functionName: "closeFactorMantissa" }),
      incentive: read({ ...rules, functionName: "liquidationIncentiveMantissa" }),
      markets: list(markets.map((market) => marketPlan(facts, market))),
      accounts: list(accounts.map((account) => accountPlan(facts, account))),
    }),
  );
  const calls = compoundV2Calls(facts);
  return map(plan, ({ closeFactor, incentive, markets: states, accounts: positions }) => {
    const byToken = new Map(
      states.flatMap((market) => [
        [addressKey(market.underlying.address), market],
        [addressKey(market.cToken.address), market],
      ]),
    );
    return {
      comptroller,
      markets: states,
      accounts: new Map(positions.map((position) => [addressKey(position.address), position])),
      closeFactor: Number(closeFactor) / Number(MANTISSA),
      liquidationIncentive: Number(incentive) / Number(MANTISSA),
      market: (token) => byToken.get(addressKey(token)),
      maxBorrowable: ({ liquidity = 0n }, { price, cash }) => {
        const most = price === 0n ? 0n : (liquidity * 999n * MANTISSA) / (1000n * price);
        return most < cash ? most : cash;
      },
      maxRepayable: ({ owed }, debt) => (closeFactor * (owed.get(keyOf(debt)) ?? 0n)) / MANTISSA,
      liquidation: ({ cTokens }, collateral, debt, repay) =>
        seizedAmounts(repay, cTokens.get(keyOf(collateral)) ?? 0n, {
          incentive,
          borrowedPrice: debt.price,
          collateralPrice: collateral.price,
          exchangeRate: collateral.nextExchangeRate,
          protocolShare: collateral.protocolSeizeShare,
        }),
      ...calls,
    };
  });
}

/** The key of a market in accounts. */
export function keyOf({ cToken }: CompoundV2Market): string {
  return addressKey(cToken.address);
}

function marketPlan(
  { comptroller, oracle }: CompoundV2Facts,
  market: CompoundV2Market,
): ReadPlan<CompoundV2MarketState> {
  const { address } = market.cToken;
  const cToken = { address, abi: cTokenAbi } as const;
  const plan = all({
    cash: read({ ...cToken, functionName: "getCash" }),
    totalBorrows: read({ ...cToken, functionName: "totalBorrows" }),
    totalReserves: read({ ...cToken, functionName: "totalReserves" }),
    totalSupply: read({ ...cToken, functionName: "totalSupply" }),
    exchangeRate: read({ ...cToken, functionName: "exchangeRateStored" }),
    // absent in forks that accrue interest by seconds
    rate: attempt(read({ ...cToken, functionName: "borrowRatePerBlock" })),
    reserveFactor: read({ ...cToken, functionName: "reserveFactorMantissa" }),
    rules: read({ address: comptroller, abi: comptrollerAbi, functionName: "markets", args: [address] }),
    price: attempt(read({ address: oracle, abi: priceOracleAbi, functionName: "getUnderlyingPrice", args: [address] })),
  });
  return map(plan, ({ rate = 0n, reserveFactor, rules: [, collateralFactor], price = 0n, ...books }) => ({
    ...market,
    ...books,
    nextExchangeRate: nextExchangeRate({ ...books, borrowRatePerBlock: rate, reserveFactor }),
    collateralFactor: Number(collateralFactor) / Number(MANTISSA),
    price,
  }));
}

function accountPlan({ comptroller, markets }: CompoundV2Facts, address: Address): ReadPlan<CompoundV2Account> {
  const rules = { address: comptroller, abi: comptrollerAbi, args: [address] } as const;
  const plan = all({
    // reverts, or returns an error code, while an oracle returns nothing usable
    liquidity: attempt(read({ ...rules, functionName: "getAccountLiquidity" })),
    entered: read({ ...rules, functionName: "getAssetsIn" }),
    snapshots: list(
      markets.map(({ cToken }) =>
        read({ address: cToken.address, abi: cTokenAbi, functionName: "getAccountSnapshot", args: [address] }),
      ),
    ),
  });
  return map(plan, ({ liquidity: answer, entered, snapshots }) => {
    const [code, liquidity, shortfall] = answer ?? [undefined, undefined, undefined];
    const byMarket = (amount: (snapshot: (typeof snapshots)[number]) => bigint): ReadonlyMap<string, bigint> =>
      new Map(
        snapshots.flatMap((snapshot, index) =>
          markets.slice(index, index + 1).map((market) => [keyOf(market), amount(snapshot)]),
        ),
      );
    return {
      address,
      liquidity: code === 0n ? liquidity : undefined,
      shortfall: code === 0n ? shortfall : undefined,
      entered: new Set(entered.map((cToken) => addressKey(cToken))),
      cTokens: byMarket(([, cTokens]) => cTokens),
      owed: byMarket(([, , owed]) => owed),
    };
  });
}
