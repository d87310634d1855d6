import type { Address, Hex } from "viem";

import type { ContractCall } from "../call.js";
import type { CompoundV2Facts } from "./inspect.js";

import { erc20Abi, sliceHex } from "viem";

import { addressKey } from "../../quantity/address.js";
import { call } from "../call.js";

import { comptrollerAbi, cTokenAbi } from "./abi.js";

/**
 * Builders of user calls. Compound rejects many calls with an error code instead of a revert: see
 * {@link compoundV2ErrorCode}.
 */
export interface CompoundV2Calls {
  /** Makes supplies count as collateral. */
  enterMarkets(cTokens: readonly Address[]): ContractCall;
  /** Supplies a token. @param amount - base units of the token */
  mint(cToken: Address, amount: bigint): ContractCall;
  /** Withdraws by cTokens. @param cTokens - base units of the cToken */
  redeem(cToken: Address, cTokens: bigint): ContractCall;
  /** Withdraws an amount of the token. @param amount - base units of the token */
  redeemUnderlying(cToken: Address, amount: bigint): ContractCall;
  /** Borrows a token. */
  borrow(cToken: Address, amount: bigint): ContractCall;
  /** Repays a debt. @param amount - base units; `maxUint256` repays everything, including interest accrued by then */
  repayBorrow(cToken: Address, amount: bigint): ContractCall;
  /**
   * Liquidates a position.
   *
   * @param debt - the cToken of the market whose debt is repaid
   * @param amount - base units of that market's token
   * @param collateral - the cToken that is seized
   */
  liquidateBorrow(debt: Address, borrower: Address, amount: bigint, collateral: Address): ContractCall;
  /** Sends the token to the market directly, which mints nothing for it. */
  donate(cToken: Address, amount: bigint): ContractCall;
}

/**
 * The error code that a market's function returned, 0 for success (ErrorReporter.sol). A rejected call may have succeeded as
 * a transaction.
 *
 * @param returned - what the call returned
 */
export function compoundV2ErrorCode(returned: Hex): bigint {
  return returned.length < 66 ? 0n : BigInt(sliceHex(returned, 0, 32));
}

export function compoundV2Calls({ comptroller, markets }: CompoundV2Facts): CompoundV2Calls {
  const tokens = new Map(markets.map(({ cToken, underlying }) => [addressKey(cToken.address), underlying.address]));
  const abi = cTokenAbi;
  return {
    enterMarkets: (cTokens) =>
      call({ address: comptroller, abi: comptrollerAbi, functionName: "enterMarkets", args: [cTokens] }),
    mint: (address, amount) => call({ address, abi, functionName: "mint", args: [amount] }),
    redeem: (address, cTokens) => call({ address, abi, functionName: "redeem", args: [cTokens] }),
    redeemUnderlying: (address, amount) => call({ address, abi, functionName: "redeemUnderlying", args: [amount] }),
    borrow: (address, amount) => call({ address, abi, functionName: "borrow", args: [amount] }),
    repayBorrow: (address, amount) => call({ address, abi, functionName: "repayBorrow", args: [amount] }),
    liquidateBorrow: (address, borrower, amount, collateral) =>
      call({ address, abi, functionName: "liquidateBorrow", args: [borrower, amount, collateral] }),
    donate: (cToken, amount) => {
      // an unknown market has no token to send to it
      const address = tokens.get(addressKey(cToken)) ?? cToken;
      return call({ address, abi: erc20Abi, functionName: "transfer", args: [cToken, amount] });
    },
  };
}
