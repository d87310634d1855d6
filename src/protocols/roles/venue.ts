import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** A swap of an exact amount. */
export interface VenueSwap {
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** Base units. */
  readonly amountIn: bigint;
  /** Base units of `tokenOut` below which the swap reverts. Default 0. */
  readonly minOut?: bigint;
  /** The account that sends and receives. */
  readonly self: Address;
}

/**
 * A place to swap tokens, whatever its design, as arbitrageurs, liquidators and routers see a Uniswap pool or
 * any other market.
 */
export interface Venue {
  readonly tokens: readonly Token[];
  /**
   * What a swap pays out at the observed state, base units, fees and slippage included. Concave and non-decreasing in the
   * amount. 0 for tokens that it does not trade and amounts that it cannot take.
   */
  quote(tokenIn: Address, tokenOut: Address, amountIn: bigint): bigint;
  /** Whole units of `tokenOut` for the first whole unit of `tokenIn`, before fees. 0 for tokens that it does not trade. */
  spotPrice(tokenIn: Address, tokenOut: Address): number;
  /** Gas used by a swap, to decide whether one pays off. */
  readonly swapGas: bigint;
  /** The swapping call. */
  swap(swap: VenueSwap): ContractCall;
  /** The venue after a swap of this amount. Optional: only for adapters that can predict it. */
  after?(tokenIn: Address, tokenOut: Address, amountIn: bigint): Venue;
  /** What a call swaps here, if it does, as read from the mempool. Optional: only for adapters that can decode it. */
  swapIn?(call: ContractCall): Omit<VenueSwap, "self"> | undefined;
}

/** The role of a place to swap. */
export const venue: Role<Venue> = defineRole<Venue>("venue", { example: "{ pool: uniswapV2(address) }" });
