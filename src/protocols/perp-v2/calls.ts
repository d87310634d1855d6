import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { PerpV2Facts } from "./inspect.js";

import { maxUint256, zeroHash } from "viem";

import { call } from "../call.js";

import { clearingHouseAbi, vaultAbi } from "./abi.js";

/** Builders of user calls. Amounts of the settlement token are base units, all others have 18 decimals. */
export interface PerpV2Calls {
  /** Adds collateral in the settlement token. */
  deposit(amount: bigint): ContractCall;
  /** Withdraws collateral in the settlement token. */
  withdraw(amount: bigint): ContractCall;
  /** Opens, enlarges or reduces a position. */
  openPosition(order: {
    readonly side: "long" | "short";
    /** `quote`: US dollars; `base`: units of the asset. */
    readonly of: "quote" | "base";
    readonly amount: bigint;
    /** Square root of the price at which it stops filling. Default: none. */
    readonly sqrtPriceLimitX96?: bigint;
  }): ContractCall;
  /** Closes the caller's position, or as much of it as the price limit allows. */
  closePosition(): ContractCall;
  /** Provides liquidity between half and double the price at the start. */
  addLiquidity(base: bigint, quote: bigint): ContractCall;
  /** Removes liquidity, and collects its fees. */
  removeLiquidity(liquidity: bigint): ContractCall;
  /** Takes over a position that is due. @param size - with the position's sign; a size of 0 or above the allowed maximum takes over the maximum */
  liquidate(trader: Address, size: bigint): ContractCall;
  /** Cancels the orders of a maker that can no longer afford them. */
  cancelOrders(maker: Address): ContractCall;
}

export function perpV2Calls({ clearingHouse, vault, baseToken, collateral, range }: PerpV2Facts): PerpV2Calls {
  const house = { address: clearingHouse, abi: clearingHouseAbi } as const;
  const ticks = { lowerTick: range.lower, upperTick: range.upper };
  const anything = { minBase: 0n, minQuote: 0n, deadline: maxUint256 };
  return {
    deposit: (amount) =>
      call({ address: vault, abi: vaultAbi, functionName: "deposit", args: [collateral.address, amount] }),
    withdraw: (amount) =>
      call({ address: vault, abi: vaultAbi, functionName: "withdraw", args: [collateral.address, amount] }),
    openPosition: ({ side, of, amount, sqrtPriceLimitX96 = 0n }) =>
      call({
        ...house,
        functionName: "openPosition",
        args: [
          {
            baseToken,
            isBaseToQuote: side === "short",
            // the amount is what goes in: US dollars of a long, units of a short
            isExactInput: (side === "long") === (of === "quote"),
            amount,
            oppositeAmountBound: 0n,
            deadline: maxUint256,
            sqrtPriceLimitX96,
            referralCode: zeroHash,
          },
        ],
      }),
    closePosition: () =>
      call({
        ...house,
        functionName: "closePosition",
        args: [
          { baseToken, sqrtPriceLimitX96: 0n, oppositeAmountBound: 0n, deadline: maxUint256, referralCode: zeroHash },
        ],
      }),
    addLiquidity: (base, quote) =>
      call({
        ...house,
        functionName: "addLiquidity",
        args: [{ baseToken, base, quote, ...ticks, ...anything, useTakerBalance: false }],
      }),
    removeLiquidity: (liquidity) =>
      call({ ...house, functionName: "removeLiquidity", args: [{ baseToken, ...ticks, liquidity, ...anything }] }),
    liquidate: (trader, size) => call({ ...house, functionName: "liquidate", args: [trader, baseToken, size] }),
    cancelOrders: (maker) => call({ ...house, functionName: "cancelAllExcessOrders", args: [maker, baseToken] }),
  };
}
