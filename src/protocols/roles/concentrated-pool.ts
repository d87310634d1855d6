import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** Amounts of a pool's two tokens, base units. */
export type TokenAmounts = readonly [bigint, bigint];

/** What liquidity that stands in the way of a swap makes of it. */
export interface Provision {
  /** What the liquidity is worth before the swap, and what it is worth after it, fees left out. */
  readonly before: TokenAmounts;
  readonly after: TokenAmounts;
  /** Its share of the fee. */
  readonly fee: { readonly token: Token; readonly amount: bigint };
}

/** A position in a range of prices. */
export interface RangePosition {
  /** Whether the price is strictly inside the range. */
  readonly isAround: boolean;
  /** The liquidity that two amounts would add to it at the present price. */
  liquidityFor(amounts: TokenAmounts): bigint;
  /**
   * What `added` more liquidity in it would make of a swap, as far as the price stays in its range.
   *
   * @param amountIn - base units of `tokenIn`
   */
  provision(added: bigint, swap: { readonly tokenIn: Address; readonly amountIn: bigint }): Provision;
  /** Adds to it. @param amounts - base units, the most of each token */
  increase(amounts: TokenAmounts): ContractCall;
  /** Removes liquidity from it; the proceeds have to be collected. */
  decrease(liquidity: bigint): ContractCall;
  /** Collects what is owed to it. */
  collect(self: Address): ContractCall;
}

/** A pool of two tokens with concentrated liquidity, as its providers see a Uniswap V3 pool. */
export interface ConcentratedPool {
  readonly tokens: readonly [Token, Token];
  /** An account's positions; none of accounts that the scenario does not know. */
  positionsOf(account: Address): readonly RangePosition[];
  /**
   * Opens a position around the price.
   *
   * @param reach - how far it reaches on either side, in the pool's smallest steps
   */
  open(reach: number, amounts: TokenAmounts, self: Address): ContractCall;
  /** The swap that a call makes on this pool, if any, as read from the mempool. */
  swapIn(call: ContractCall): { readonly tokenIn: Address; readonly amountIn: bigint } | undefined;
}

/** The role of a pool with concentrated liquidity. */
export const concentratedPool: Role<ConcentratedPool> = defineRole<ConcentratedPool>("concentrated-liquidity pool", {
  example: "{ pool: uniswapV3(address) }",
});
