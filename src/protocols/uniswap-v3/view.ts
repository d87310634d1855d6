import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ReadPlan } from "../read-plan.js";
import type { Token } from "../token.js";
import type { TickRange, UniswapV3Calls } from "./calls.js";
import type { UniswapV3Facts } from "./inspect.js";
import type { UniswapV3Position } from "./positions.js";
import type { SwapOutcome, SwapState } from "./swap.js";

import { erc20Abi } from "viem";

import { isSameAddress } from "../../quantity/address.js";
import { all, attempt, list, map, read } from "../read-plan.js";
import { tokenNamed } from "../roles/pool-token.js";

import { poolAbi, readerAbi } from "./abi.js";
import { uniswapV3Calls } from "./calls.js";
import { liquidityFor, meanTick, priceOf, sqrtRatioAtTick } from "./math.js";
import { positionsAt, positionsPlan } from "./positions.js";
import { UNISWAP_V3_READER } from "./reader.js";
import { swapExactIn, windowOf, wordsOf } from "./swap.js";

/** What agents see of a pool. */
export interface UniswapV3View extends UniswapV3Calls {
  readonly pool: Address;
  readonly tokens: readonly [Token, Token];
  /** In hundredths of a basis point: 500 is 0.05 %. */
  readonly fee: number;
  readonly tickSpacing: number;
  /** The square root of the price, base units of token 1 per base unit of token 0, as a 64.96-bit fixed-point number. */
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  /** The liquidity at the current price. */
  readonly liquidity: bigint;
  /** The pool's balances, base units. */
  readonly balances: readonly [bigint, bigint];
  /** The ticks between which quotes are exact. Beyond them, quotes take the pool to be empty. */
  readonly window: TickRange;
  /** The accounts' positions by lower-case address: of each account, those among its first 16 in the position manager. */
  readonly positions: ReadonlyMap<string, readonly UniswapV3Position[]>;
  /** Whole units of the other token per whole unit of this one, before fees. */
  spotPrice(token: Address): number;
  /**
   * The same at the mean tick over a window (TWAP), as oracles take it (OracleLibrary.sol of v3-periphery). `undefined` if
   * the pool's observations do not reach back that far.
   *
   * @param seconds - one of the windows of the option `twap`; default its first
   */
  twapPrice(token: Address, seconds?: number): number | undefined;
  /** The mean tick over a window, rounded down. `undefined` if the pool's observations do not reach back that far. */
  twapTick(seconds?: number): number | undefined;
  /** What a swap pays out, base units; if it reaches the end of the window, what it pays out up to there. */
  amountOut(tokenIn: Address, amountIn: bigint): bigint;
  /** The outcome of a swap. */
  swapOutcome(tokenIn: Address, amountIn: bigint): SwapOutcome;
  /** The liquidity that two amounts provide in a range at the present price. */
  liquidityFor(range: TickRange, amounts: readonly [bigint, bigint]): bigint;
  /** The other token of the pool. */
  other(token: Address): Token;
  /**
   * Sells for the caller, at any price.
   *
   * @param what - an asset (`ETH`), or one of the pool's tokens by symbol or address
   * @param amountIn - base units
   * @throws SiegeError `UNKNOWN_ASSET` if the pool does not have it
   */
  sell(what: string, amountIn: bigint, self: Address): ContractCall;
}

/** The reads of a pool in every block. */
export function uniswapV3Plan(facts: UniswapV3Facts, accounts: readonly Address[]): ReadPlan<UniswapV3View> {
  const { pool, tokens, tickSpacing, words, windows } = facts;
  const of = { address: pool, abi: poolAbi } as const;
  const plan = all({
    slot0: read({ ...of, functionName: "slot0" }),
    liquidity: read({ ...of, functionName: "liquidity" }),
    balances: list(
      tokens.map(({ address }) => read({ address, abi: erc20Abi, functionName: "balanceOf", args: [pool] })),
    ),
    ticks: read({
      address: UNISWAP_V3_READER,
      abi: readerAbi,
      functionName: "ticks",
      args: [pool, tickSpacing, words.first, words.last],
    }),
    // one call per window: a window beyond the pool's observations reverts its whole call
    means: list(
      windows.map((seconds) =>
        map(attempt(read({ ...of, functionName: "observe", args: [[seconds, 0]] })), (observed) => {
          const [[before, now] = []] = observed ?? [];
          return before === undefined || now === undefined ? undefined : meanTick(before, now, seconds);
        }),
      ),
    ),
    positions: positionsPlan(facts, accounts),
  });
  return map(plan, ({ slot0: [sqrtPriceX96, tick], liquidity, balances, ticks, means, positions }) => {
    const { fee } = facts;
    const state: SwapState = {
      sqrtPriceX96,
      tick,
      liquidity,
      fee: BigInt(fee),
      tickSpacing,
      words: wordsOf(words, tickSpacing, ticks),
    };
    return {
      ...pricesOf(facts, state, new Map(windows.map((seconds, index) => [seconds, means[index]]))),
      ...uniswapV3Calls(facts),
      pool,
      tokens,
      fee,
      tickSpacing,
      sqrtPriceX96,
      tick,
      liquidity,
      balances: [balances[0] ?? 0n, balances[1] ?? 0n],
      window: windowOf(words, tickSpacing),
      positions: positionsAt(sqrtPriceX96, positions),
      liquidityFor: ({ tickLower, tickUpper }, amounts) =>
        liquidityFor(sqrtPriceX96, [sqrtRatioAtTick(tickLower), sqrtRatioAtTick(tickUpper)], amounts),
      sell: (what, amountIn, to) =>
        uniswapV3Calls(facts).swap({ tokenIn: tokenNamed(tokens, what).address, amountIn, to }),
    };
  });
}

type Prices = Pick<UniswapV3View, "spotPrice" | "twapPrice" | "twapTick" | "amountOut" | "swapOutcome" | "other">;

function pricesOf(
  { tokens, windows }: UniswapV3Facts,
  state: SwapState,
  means: ReadonlyMap<number, number | undefined>,
): Prices {
  const isFirst = (token: Address): boolean => isSameAddress(token, tokens[0].address);
  const priceAt = (token: Address, sqrtRatio: bigint): number => {
    const price = priceOf(sqrtRatio) * 10 ** (tokens[0].decimals - tokens[1].decimals);
    return isFirst(token) ? price : 1 / price;
  };
  const twapTick = (seconds = windows[0]): number | undefined =>
    seconds === undefined ? undefined : means.get(seconds);
  const swapOutcome = (tokenIn: Address, amountIn: bigint): SwapOutcome =>
    swapExactIn(state, isFirst(tokenIn), amountIn);
  return {
    spotPrice: (token) => priceAt(token, state.sqrtPriceX96),
    twapTick,
    twapPrice: (token, seconds) => {
      const tick = twapTick(seconds);
      return tick === undefined ? undefined : priceAt(token, sqrtRatioAtTick(tick));
    },
    swapOutcome,
    amountOut: (tokenIn, amountIn) => swapOutcome(tokenIn, amountIn).amountOut,
    other: (token) => (isFirst(token) ? tokens[1] : tokens[0]),
  };
}
