import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** A pool of two tokens with fungible liquidity, as its providers see a Uniswap V2 pair. */
export interface LiquidityPool {
  readonly tokens: readonly [Token, Token];
  /** An account's liquidity, base units of the LP token; 0 for accounts that the scenario does not know. */
  liquidityOf(account: Address): bigint;
  /** What liquidity can be redeemed for now, base units of the two tokens. */
  redeemable(liquidity: bigint): readonly [bigint, bigint];
  /** What the pool pays for an amount of one of its tokens, base units of the other. */
  amountOut(tokenIn: Address, amountIn: bigint): bigint;
  /**
   * Adds liquidity, at any price: as much of both tokens as the ratio of its reserves allows.
   *
   * @param most - the most of each token, base units
   */
  addLiquidity(most: readonly [bigint, bigint], self: Address): ContractCall;
  /** Removes liquidity, at any price. @param liquidity - base units of the pool's own */
  removeLiquidity(liquidity: bigint, self: Address): ContractCall;
}

/** The role of a pool with fungible liquidity. */
export const liquidityPool: Role<LiquidityPool> = defineRole<LiquidityPool>("liquidity pool", {
  example: "{ pool: uniswapV2(address) }",
});
