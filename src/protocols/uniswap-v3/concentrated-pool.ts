import type { Address } from "viem";

import type { ConcentratedPool, Provision, RangePosition } from "../roles/concentrated-pool.js";
import type { TickRange } from "./calls.js";
import type { UniswapV3Position } from "./positions.js";
import type { UniswapV3View } from "./view.js";

import { addressKey, isSameAddress } from "../../quantity/address.js";

import { amountsOf, sqrtRatioAtTick, swapStep } from "./math.js";

/** A Uniswap V3 pool as its liquidity providers see it; the smallest step of a range is the tick spacing. */
export function uniswapV3ConcentratedPool(view: UniswapV3View): ConcentratedPool {
  return {
    tokens: view.tokens,
    positionsOf: (account) =>
      (view.positions.get(addressKey(account)) ?? []).map((position) => positionOf(view, position)),
    open: (reach, amounts, self) => view.mint(rangeOf(view, reach), amounts, self),
    swapIn: (call) => view.swapIn(call),
  };
}

function positionOf(view: UniswapV3View, position: UniswapV3Position): RangePosition {
  const { tokenId, tickLower, tickUpper } = position;
  return {
    isAround: view.tick > tickLower && view.tick + 1 < tickUpper,
    liquidityFor: (amounts) => view.liquidityFor(position, amounts),
    provision: (added, swap) => provisionOf(view, position, { added, ...swap }),
    increase: (amounts) => view.increase(tokenId, amounts),
    decrease: (liquidity) => view.decrease(tokenId, liquidity),
    collect: (self) => view.collect(tokenId, self),
  };
}

function rangeOf({ tick, tickSpacing }: UniswapV3View, reach: number): TickRange {
  const below = Math.floor(tick / tickSpacing) * tickSpacing;
  return { tickLower: below - reach * tickSpacing, tickUpper: below + (reach + 1) * tickSpacing };
}

interface Exposure {
  readonly added: bigint;
  readonly tokenIn: Address;
  readonly amountIn: bigint;
}

function provisionOf(
  { tokens, sqrtPriceX96, liquidity, fee }: UniswapV3View,
  range: TickRange,
  exposure: Exposure,
): Provision {
  const { added, tokenIn, amountIn } = exposure;
  const isFirst = isSameAddress(tokens[0].address, tokenIn);
  const ends = [sqrtRatioAtTick(range.tickLower), sqrtRatioAtTick(range.tickUpper)] as const;
  const all = liquidity + added;
  const token = tokens[isFirst ? 0 : 1];
  if (all === 0n) return { before: [0n, 0n], after: [0n, 0n], fee: { token, amount: 0n } };
  const step = swapStep(sqrtPriceX96, ends[isFirst ? 0 : 1], {
    liquidity: all,
    remaining: amountIn,
    fee: BigInt(fee),
  });
  return {
    before: amountsOf(sqrtPriceX96, ends, added),
    after: amountsOf(step.sqrtPrice, ends, added),
    fee: { token, amount: (step.fee * added) / all },
  };
}
