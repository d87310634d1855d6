import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { UniswapV3Facts } from "./inspect.js";

import { maxUint128, maxUint256 } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { call } from "../call.js";

import { positionManagerAbi, routerAbi } from "./abi.js";

/** A price range by its end ticks: multiples of the tick spacing. */
export interface TickRange {
  readonly tickLower: number;
  readonly tickUpper: number;
}

/** Builders of user calls; amounts are base units. */
export interface UniswapV3Calls {
  /** A swap of the exact input, by the caller, through the router. */
  swap(swap: {
    readonly tokenIn: Address;
    readonly amountIn: bigint;
    /** Minimum of the other token, below which the swap reverts. Default 0. */
    readonly minOut?: bigint;
    readonly to: Address;
  }): ContractCall;
  /** What a call of the router swaps in this pool, if it does. */
  swapIn(
    call: ContractCall,
  ):
    | { readonly tokenIn: Address; readonly tokenOut: Address; readonly amountIn: bigint; readonly minOut: bigint }
    | undefined;
  /** Opens a position for the caller. @param amounts - the most that goes in, of token 0 and token 1 */
  mint(range: TickRange, amounts: readonly [bigint, bigint], self: Address): ContractCall;
  /** Adds to a position. @param amounts - the most that goes in, of token 0 and token 1 */
  increase(tokenId: bigint, amounts: readonly [bigint, bigint]): ContractCall;
  /** Withdraws liquidity from the caller's position; the proceeds can then be collected. */
  decrease(tokenId: bigint, liquidity: bigint): ContractCall;
  /** Pays out what was withdrawn from the caller's position, plus its fees. */
  collect(tokenId: bigint, self: Address): ContractCall;
  /** Removes a position that is empty and fully collected. */
  burn(tokenId: bigint): ContractCall;
}

/** The part of `exactInputSingle`'s parameters that says what is swapped. */
interface SingleSwap {
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  readonly fee: number;
  readonly amountIn: bigint;
  readonly amountOutMinimum: bigint;
}

/** The calls of a pool's users, through the router and the position manager, without deadlines. */
export function uniswapV3Calls({ tokens, fee, router, positionManager }: UniswapV3Facts): UniswapV3Calls {
  const [token0, token1] = [tokens[0].address, tokens[1].address];
  const manager = { address: positionManager, abi: positionManagerAbi } as const;
  const mins = { amount0Min: 0n, amount1Min: 0n, deadline: maxUint256 };
  return {
    swap: ({ tokenIn, amountIn, minOut = 0n, to }) =>
      call({
        address: router,
        abi: routerAbi,
        functionName: "exactInputSingle",
        args: [
          {
            tokenIn,
            tokenOut: isSameAddress(tokenIn, token0) ? token1 : token0,
            fee,
            recipient: to,
            deadline: maxUint256,
            amountIn,
            amountOutMinimum: minOut,
            sqrtPriceLimitX96: 0n,
          },
        ],
      }),
    swapIn: ({ to, function: { name }, args }) => {
      if (!isSameAddress(to, router) || name !== "exactInputSingle") return undefined;
      // the name identifies the router's function
      const [swap] = args as readonly [SingleSwap];
      const pair = [swap.tokenIn, swap.tokenOut].map((token) => addressKey(token)).sort();
      if (
        swap.fee !== fee ||
        pair.join() !==
          [token0, token1]
            .map((token) => addressKey(token))
            .sort()
            .join()
      ) {
        return undefined;
      }
      const { tokenIn, tokenOut, amountIn, amountOutMinimum: minOut } = swap;
      return { tokenIn, tokenOut, amountIn, minOut };
    },
    mint: ({ tickLower, tickUpper }, [amount0Desired, amount1Desired], recipient) =>
      call({
        ...manager,
        functionName: "mint",
        args: [{ token0, token1, fee, tickLower, tickUpper, amount0Desired, amount1Desired, recipient, ...mins }],
      }),
    increase: (tokenId, [amount0Desired, amount1Desired]) =>
      call({
        ...manager,
        functionName: "increaseLiquidity",
        args: [{ tokenId, amount0Desired, amount1Desired, ...mins }],
      }),
    decrease: (tokenId, liquidity) =>
      call({ ...manager, functionName: "decreaseLiquidity", args: [{ tokenId, liquidity, ...mins }] }),
    collect: (tokenId, recipient) =>
      call({
        ...manager,
        functionName: "collect",
        args: [{ tokenId, recipient, amount0Max: maxUint128, amount1Max: maxUint128 }],
      }),
    burn: (tokenId) => call({ ...manager, functionName: "burn", args: [tokenId] }),
  };
}
