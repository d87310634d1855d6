import type { Address } from "viem";

import type { Holding, LendingMarket, LendingPosition, LiquidationOption } from "../roles/lending-market.js";
import type { CompoundV2Account, CompoundV2MarketState, CompoundV2View } from "./view.js";

import { maxUint256 } from "viem";

import { addressKey } from "../../quantity/address.js";

import { MANTISSA, underlyingOf } from "./math.js";
import { compoundV2OnChain } from "./on-chain.js";
import { keyOf } from "./view.js";

/** Gas of a liquidateBorrow (measured: 480,000 to 500,000 with two markets entered), with room for more markets. */
const LIQUIDATION_GAS = 700_000n;

const ONE = Number(MANTISSA);

/** What every agent sees of a Compound v2 market. Amounts are the underlying tokens'. */
export function compoundV2LendingMarket(view: CompoundV2View): LendingMarket {
  const accountOf = (account: Address): CompoundV2Account | undefined => view.accounts.get(addressKey(account));
  const owedBy = (account: Address, token: Address): bigint => {
    const market = view.market(token);
    return market === undefined ? 0n : (accountOf(account)?.owed.get(keyOf(market)) ?? 0n);
  };
  // a token without a market: the comptroller has none of these functions, so the call fails
  const cTokenOf = (token: Address): Address => view.market(token)?.cToken.address ?? view.comptroller;
  return {
    tokens: view.markets.map(({ underlying }) => underlying),
    positions: [...view.accounts.values()].flatMap((account) => positionOf(view, account)),
    liquidations: ({ account }) => {
      const position = accountOf(account);
      return position?.shortfall === undefined || position.shortfall === 0n ? [] : liquidationsOf(view, position);
    },
    price: (token) => {
      const market = view.market(token);
      return market === undefined || market.price === 0n ? undefined : dollarsOf(market, 10n ** decimalsOf(market));
    },
    supplied: (account, token) => {
      const [market, position] = [view.market(token), accountOf(account)];
      return market === undefined || position === undefined ? 0n : suppliedBy(position, market);
    },
    onChain: (account) => compoundV2OnChain(view, account),
    liquidity: (token) => {
      const market = view.market(token);
      if (market === undefined) return { supplied: 0n, available: 0n };
      return { supplied: underlyingOf(market.totalSupply, market.exchangeRate), available: market.cash };
    },
    borrowable: (account, token) => {
      const [market, position] = [view.market(token), accountOf(account)];
      return market === undefined || position === undefined ? 0n : view.maxBorrowable(position, market);
    },
    supply: (token, amount) => view.mint(cTokenOf(token), amount),
    withdraw: (token, amount) => view.redeemUnderlying(cTokenOf(token), amount),
    borrow: (token, amount) => view.borrow(cTokenOf(token), amount),
    // Compound rejects more than is owed, and the debt of a block ago leaves a block's interest behind
    repay: (token, amount, self) =>
      view.repayBorrow(cTokenOf(token), amount >= owedBy(self, token) ? maxUint256 : amount),
  };
}

function positionOf(view: CompoundV2View, account: CompoundV2Account): readonly LendingPosition[] {
  const held = (amountOf: (market: CompoundV2MarketState) => bigint): readonly Holding[] =>
    view.markets.flatMap((market) => {
      const amount = amountOf(market);
      return amount === 0n ? [] : [{ token: market.underlying, amount }];
    });
  const collateral = held((market) => (account.entered.has(keyOf(market)) ? suppliedBy(account, market) : 0n));
  const debt = held((market) => account.owed.get(keyOf(market)) ?? 0n);
  if (collateral.length + debt.length === 0) return [];
  const usd = (holdings: readonly Holding[]): number =>
    holdings.reduce((sum, { token, amount }) => {
      const market = view.market(token.address);
      return market === undefined ? sum : sum + dollarsOf(market, amount);
    }, 0);
  const debtUsd = usd(debt);
  return [
    {
      account: account.address,
      healthFactor: healthFactorOf(account, debtUsd),
      collateral,
      debt,
      collateralUsd: usd(collateral),
      debtUsd,
    },
  ];
}

/** Borrowing power over debt: from the two numbers by which the comptroller decides. */
function healthFactorOf({ liquidity, shortfall }: CompoundV2Account, debtUsd: number): number | undefined {
  if (liquidity === undefined || shortfall === undefined) return undefined;
  return debtUsd === 0 ? Infinity : 1 + (Number(liquidity) - Number(shortfall)) / ONE / debtUsd;
}

function liquidationsOf(view: CompoundV2View, account: CompoundV2Account): readonly LiquidationOption[] {
  const nothing = { paid: 0n, received: 0n };
  return view.markets.flatMap((debt) =>
    view.markets.flatMap((collateral): readonly LiquidationOption[] => {
      const cTokens = account.cTokens.get(keyOf(collateral)) ?? 0n;
      const amounts = (repay: bigint) => view.liquidation(account, collateral, debt, repay) ?? nothing;
      const maxRepay = amounts(view.maxRepayable(account, debt)).paid;
      if (cTokens === 0n || maxRepay === 0n) return [];
      return [
        {
          borrower: account.address,
          debt: debt.underlying,
          collateral: collateral.cToken,
          maxRepay,
          amounts,
          gas: LIQUIDATION_GAS,
          liquidate: (repay) =>
            view.liquidateBorrow(debt.cToken.address, account.address, amounts(repay).paid, collateral.cToken.address),
          unwrap: {
            token: collateral.underlying,
            amount: (received) => underlyingOf(received, collateral.nextExchangeRate),
            call: (received) => view.redeem(collateral.cToken.address, received),
          },
        },
      ];
    }),
  );
}

/** Base units of the token, whether or not they count as collateral. */
function suppliedBy({ cTokens }: CompoundV2Account, market: CompoundV2MarketState): bigint {
  return underlyingOf(cTokens.get(keyOf(market)) ?? 0n, market.exchangeRate);
}

/** At the market's own price. */
function dollarsOf({ price }: CompoundV2MarketState, amount: bigint): number {
  return Number((price * amount) / MANTISSA) / ONE;
}

function decimalsOf({ underlying }: CompoundV2MarketState): bigint {
  return BigInt(underlying.decimals);
}
