import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { MorphoBlueMarketParams } from "./inspect.js";

import { call } from "../call.js";

import { morphoBlueAbi } from "./abi.js";

/** An amount in one of the two forms that Morpho takes: base units of the loan token, or shares. */
export type MorphoBlueAmount = { readonly assets: bigint } | { readonly shares: bigint };

/** The size of a liquidation: collateral to seize, base units, or debt shares to repay. */
export type MorphoBlueLiquidationAmount = { readonly seized: bigint } | { readonly repaidShares: bigint };

/** Builders of user calls, each on the caller's own behalf. */
export interface MorphoBlueCalls {
  /** Lends. @param assets - base units of the loan token */
  supply(assets: bigint, self: Address): ContractCall;
  /** Withdraws what was lent. */
  withdraw(amount: MorphoBlueAmount, self: Address): ContractCall;
  /** Adds collateral. @param assets - base units of the collateral */
  supplyCollateral(assets: bigint, self: Address): ContractCall;
  /** Withdraws collateral, base units. */
  withdrawCollateral(assets: bigint, self: Address): ContractCall;
  /** Borrows the loan token. @param assets - base units of the loan token */
  borrow(assets: bigint, self: Address): ContractCall;
  /** By shares, it includes interest accrued by then. */
  repay(amount: MorphoBlueAmount, self: Address): ContractCall;
  /** Liquidates a position. */
  liquidate(borrower: Address, amount: MorphoBlueLiquidationAmount): ContractCall;
}

/** The calls of one market. */
export function morphoBlueCalls(address: Address, params: MorphoBlueMarketParams): MorphoBlueCalls {
  const morpho = { address, abi: morphoBlueAbi } as const;
  return {
    supply: (assets, self) => call({ ...morpho, functionName: "supply", args: [params, assets, 0n, self, "0x"] }),
    withdraw: (amount, self) =>
      call({ ...morpho, functionName: "withdraw", args: [params, ...inEither(amount), self, self] }),
    supplyCollateral: (assets, self) =>
      call({ ...morpho, functionName: "supplyCollateral", args: [params, assets, self, "0x"] }),
    withdrawCollateral: (assets, self) =>
      call({ ...morpho, functionName: "withdrawCollateral", args: [params, assets, self, self] }),
    borrow: (assets, self) => call({ ...morpho, functionName: "borrow", args: [params, assets, 0n, self, self] }),
    repay: (amount, self) =>
      call({ ...morpho, functionName: "repay", args: [params, ...inEither(amount), self, "0x"] }),
    liquidate: (borrower, amount) =>
      call({
        ...morpho,
        functionName: "liquidate",
        args: [
          params,
          borrower,
          "seized" in amount ? amount.seized : 0n,
          "seized" in amount ? 0n : amount.repaidShares,
          "0x",
        ],
      }),
  };
}

function inEither(amount: MorphoBlueAmount): readonly [bigint, bigint] {
  return "assets" in amount ? [amount.assets, 0n] : [0n, amount.shares];
}
