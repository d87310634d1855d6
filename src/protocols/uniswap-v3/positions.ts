import type { Address } from "viem";

import type { ReadPlan } from "../read-plan.js";
import type { TickRange } from "./calls.js";
import type { UniswapV3Facts } from "./inspect.js";

import { addressKey } from "../../quantity/address.js";
import { read } from "../read-plan.js";

import { readerAbi } from "./abi.js";
import { amountsOf, sqrtRatioAtTick } from "./math.js";
import { UNISWAP_V3_READER } from "./reader.js";

/** How many positions of an account are read: its first ones in the position manager, whichever their pool. */
export const MAX_POSITIONS = 16;

/** A position of the pool as read, base units of token 0 and token 1. */
interface RawPosition extends TickRange {
  readonly owner: Address;
  readonly tokenId: bigint;
  readonly liquidity: bigint;
  /** Amounts withdrawn or earned, not yet collected. */
  readonly owed0: bigint;
  readonly owed1: bigint;
}

/** A position of the pool. */
export interface UniswapV3Position extends TickRange {
  readonly owner: Address;
  readonly tokenId: bigint;
  readonly liquidity: bigint;
  /** What withdrawing its liquidity would pay out now, base units of token 0 and token 1. */
  readonly amounts: readonly [bigint, bigint];
  /** What could be collected besides: earlier withdrawals, and fees so far. */
  readonly owed: readonly [bigint, bigint];
}

/** The accounts' positions in the position manager. Positions held in the pool itself cannot be enumerated. */
export function positionsPlan(
  { pool, positionManager, tokens, fee }: UniswapV3Facts,
  accounts: readonly Address[],
): ReadPlan<readonly RawPosition[]> {
  const key = { pool, token0: tokens[0].address, token1: tokens[1].address, fee };
  return read({
    address: UNISWAP_V3_READER,
    abi: readerAbi,
    functionName: "positions",
    args: [positionManager, key, accounts, BigInt(MAX_POSITIONS)],
  });
}

/** The positions by their owner's lower-case address, with their payouts at a price. */
export function positionsAt(
  sqrtPriceX96: bigint,
  found: readonly RawPosition[],
): ReadonlyMap<string, readonly UniswapV3Position[]> {
  const byOwner = new Map<string, UniswapV3Position[]>();
  for (const { owed0, owed1, ...position } of found) {
    const ends = [sqrtRatioAtTick(position.tickLower), sqrtRatioAtTick(position.tickUpper)] as const;
    const amounts = amountsOf(sqrtPriceX96, ends, position.liquidity);
    const key = addressKey(position.owner);
    byOwner.set(key, [...(byOwner.get(key) ?? []), { ...position, amounts, owed: [owed0, owed1] }]);
  }
  return byOwner;
}
