import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** Amounts of a pool's two tokens, base units. */
export type TokenAmounts = readonly [bigint, bigint];

/** What liquidity in the path of a swap gains and loses by it. */
export interface Provision {
  /** What the liquidity can be withdrawn for before the swap and after it, excluding fees. */
  readonly before: TokenAmounts;
  readonly after: TokenAmounts;
  /** Its share of the fee. */
  readonly fee: { readonly token: Token; readonly amount: bigint };
}

/** A position in a price range. */
export interface RangePosition {
  /** Whether the price is strictly inside the range. */
  readonly isAround: boolean;
  /** The liquidity that two amounts would add to it at the current price. */
  liquidityFor(amounts: TokenAmounts): bigint;
  /**
   * What `added` additional liquidity in it would gain and lose by a swap, as far as the price stays within its range.
   *
   * @param swap - `amountIn` is in base units of `tokenIn`
   */
  provision(added: bigint, swap: { readonly tokenIn: Address; readonly amountIn: bigint }): Provision;
  /** Adds liquidity to it. @param amounts - the most of each token, base units */
  increase(amounts: TokenAmounts): ContractCall;
  /** Removes liquidity from it; the proceeds have to be collected. */
  decrease(liquidity: bigint): ContractCall;
  /** Collects the proceeds and fees owed to it. */
  collect(self: Address): ContractCall;
}

/** A pool of two tokens with concentrated liquidity, as its providers see a Uniswap V3 pool. */
export interface ConcentratedPool {
  readonly tokens: readonly [Token, Token];
  /** An account's positions; none for accounts that the scenario does not know. */
  positionsOf(account: Address): readonly RangePosition[];
  /**
   * Opens a position around the current price.
   *
   * @param reach - how far the range extends to either side, in the pool's smallest steps
   */
  open(reach: number, amounts: TokenAmounts, self: Address): ContractCall;
  /** The swap that a call makes on this pool, if any, as read from the mempool. */
  swapIn(call: ContractCall): { readonly tokenIn: Address; readonly amountIn: bigint } | undefined;
}

/** The role of a pool with concentrated liquidity. */
export const concentratedPool: Role<ConcentratedPool> = defineRole<ConcentratedPool>("concentrated-liquidity pool", {
  example: "{ pool: uniswapV3(address) }",
});
