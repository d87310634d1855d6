import type { Address } from "viem";

import type { MarginLiquidation, MarginMarket, MarginPosition } from "../roles/margin-market.js";
import type { PerpV2Account, PerpV2View } from "./view.js";

import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";

import { closingProceeds, liquidationFees, sqrtPriceX96Of, tradePrice } from "./math.js";

/** Gas of a liquidation (measured: 1,550,000 to 1,800,000, most of it time-weighted prices). */
const LIQUIDATION_GAS = 1_800_000n;

/** Gas of closing a position (measured: 530,000 to 650,000). */
const CLOSING_GAS = 650_000n;

/** What every agent sees of a market. */
export function perpV2Market(view: PerpV2View): MarginMarket {
  const { collateral, ratios } = view;
  const dollars = (amount: bigint): number => wholeUnits(amount, collateral.decimals);
  const markPrice = view.markPrice === undefined ? undefined : wad(view.markPrice);
  const accountOf = (address: Address): PerpV2Account | undefined => view.accounts.get(addressKey(address));
  return {
    asset: view.asset,
    collateral,
    markPrice,
    indexPrice: view.indexPrice === undefined ? undefined : wad(view.indexPrice),
    tradePrice: tradePrice(view.pool),
    initialMargin: ratios.im / 1e6,
    maintenanceMargin: ratios.mm / 1e6,
    insurance: dollars(view.insurance),
    badDebt: dollars(view.badDebt),
    positions: [...view.accounts.values()].flatMap((account): readonly MarginPosition[] =>
      account.size === 0n
        ? []
        : [
            {
              account: account.address,
              size: wad(account.size),
              notional: Math.abs(wad(account.size)) * (markPrice ?? 0),
              unrealizedPnl: wad(account.unrealizedPnl),
              accountValue: dollars(account.accountValue),
              marginRatio: account.marginRatio,
              isLiquidatable: account.isLiquidatable,
            },
          ],
    ),
    liquidations: ({ account: address }) => {
      const account = accountOf(address);
      const liquidation = account === undefined ? undefined : liquidationOf(view, account);
      return liquidation === undefined ? [] : [liquidation];
    },
    freeCollateral: (address) => accountOf(address)?.freeCollateral ?? 0n,
    closingCost: (size) => size * (markPrice ?? 0) - closingProceeds(size, view.pool, ratios.fee),
    closingGas: CLOSING_GAS,
    deposit: (amount) => view.deposit(amount),
    withdraw: (amount) => view.withdraw(amount),
    open: ({ side, notional, limit }) => {
      const amount = toWad(notional);
      if (limit === undefined) return view.openPosition({ side, of: "quote", amount });
      // with a limit, a short has to state what it sells: the pool cannot tell what remains of an amount to be paid out
      const sqrtPriceX96 = sqrtPriceX96Of(limit);
      return side === "long"
        ? view.openPosition({ side, of: "quote", amount, sqrtPriceLimitX96: sqrtPriceX96 })
        : view.openPosition({
            side,
            of: "base",
            amount: toWad(notional / tradePrice(view.pool)),
            sqrtPriceLimitX96: sqrtPriceX96,
          });
    },
    close: () => view.closePosition(),
  };
}

function liquidationOf(view: PerpV2View, account: PerpV2Account): MarginLiquidation | undefined {
  const state = view.stateOf(account);
  const most = account.liquidatableSize;
  // orders have to be cancelled first
  if (state === undefined || most === 0n || account.hasOrder) return undefined;
  const part = (share: number): bigint => (most * BigInt(Math.round(share * 1e6))) / 1_000_000n;
  return {
    trader: account.address,
    maxSize: wad(most),
    reward: (share) => wad(liquidationFees(part(share), state, view.ratios.penalty).reward),
    marginNeeded: (share) => (Math.abs(wad(part(share))) * wad(state.markPrice) * view.ratios.im) / 1e6,
    gas: LIQUIDATION_GAS,
    liquidate: (share) => view.liquidate(account.address, part(share)),
  };
}

function wad(amount: bigint): number {
  return Number(amount) / 1e18;
}

/** To a millionth of a unit: a double holds no more of large amounts. */
function toWad(amount: number): bigint {
  return BigInt(Math.round(amount * 1e6)) * 10n ** 12n;
}
