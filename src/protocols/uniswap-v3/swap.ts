import { MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK, sqrtRatioAtTick, swapStep } from "./math.js";

/** An initialised tick, and the change of liquidity as the price rises across it. */
interface InitialisedTick {
  readonly tick: number;
  readonly liquidityNet: bigint;
}

/** The state that a swap depends on. */
export interface SwapState {
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  readonly liquidity: bigint;
  /** In hundredths of a basis point. */
  readonly fee: bigint;
  readonly tickSpacing: number;
  /** The initialised ticks by word of the tick bitmap, rising. Nothing is known about a word that is absent. */
  readonly words: ReadonlyMap<number, readonly InitialisedTick[]>;
}

/** The outcome of a swap. */
export interface SwapOutcome {
  /** The input it takes: less than offered if it reaches the end of what is known. */
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly sqrtPriceX96: bigint;
  /** Number of initialised ticks that it crosses. */
  readonly crossed: number;
}

/** Ticks of a word of the tick bitmap, in steps of the tick spacing. */
const WORD = 256;

/** The word of the tick bitmap that contains a tick. */
export function wordOf(tick: number, tickSpacing: number): number {
  return Math.floor(Math.floor(tick / tickSpacing) / WORD);
}

/** Words of the tick bitmap, from the first to the last. */
export interface Words {
  readonly first: number;
  readonly last: number;
}

/** Sorts ticks into their words. @param ticks - all that are initialised in the words, rising */
export function wordsOf(
  { first, last }: Words,
  tickSpacing: number,
  ticks: readonly InitialisedTick[],
): ReadonlyMap<number, readonly InitialisedTick[]> {
  const words = new Map<number, InitialisedTick[]>();
  for (let word = first; word <= last; word++) words.set(word, []);
  for (const tick of ticks) words.get(wordOf(tick.tick, tickSpacing))?.push(tick);
  return words;
}

/** The ticks between which swaps are exact if these words are known. */
export function windowOf(
  { first, last }: Words,
  tickSpacing: number,
): { readonly tickLower: number; readonly tickUpper: number } {
  return {
    tickLower: Math.max(MIN_TICK, first * WORD * tickSpacing),
    tickUpper: Math.min(MAX_TICK, (last * WORD + WORD - 1) * tickSpacing),
  };
}

/**
 * A swap of an exact input without a price limit, to the wei: `swap` (UniswapV3Pool.sol). It stops at the end of the
 * known words, as if there were no liquidity beyond them.
 *
 * @param zeroForOne - whether token 0 comes in, and the price falls
 */
export function swapExactIn(state: SwapState, zeroForOne: boolean, amount: bigint): SwapOutcome {
  const { fee, tickSpacing } = state;
  const limit = zeroForOne ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n;
  let { sqrtPriceX96, tick, liquidity } = state;
  let remaining = amount;
  let amountOut = 0n;
  let crossed = 0;
  while (remaining > 0n && sqrtPriceX96 !== limit) {
    // the contract also stops at the end of each word: an additional step rounds once more
    const compressed = Math.floor(tick / tickSpacing) + (zeroForOne ? 0 : 1);
    const word = Math.floor(compressed / WORD);
    const known = state.words.get(word);
    if (known === undefined) break;
    const initialised = zeroForOne
      ? known.findLast((candidate) => candidate.tick <= compressed * tickSpacing)
      : known.find((candidate) => candidate.tick >= compressed * tickSpacing);
    const end = (word * WORD + (zeroForOne ? 0 : WORD - 1)) * tickSpacing;
    const next = Math.max(MIN_TICK, Math.min(MAX_TICK, initialised?.tick ?? end));
    const nextRatio = sqrtRatioAtTick(next);
    const beyond = zeroForOne ? nextRatio < limit : nextRatio > limit;
    const target = beyond ? limit : nextRatio;
    const step = swapStep(sqrtPriceX96, target, { liquidity, remaining, fee });
    remaining -= step.amountIn + step.fee;
    amountOut += step.amountOut;
    sqrtPriceX96 = step.sqrtPrice;
    if (sqrtPriceX96 !== nextRatio) continue;
    if (initialised !== undefined) {
      liquidity += zeroForOne ? -initialised.liquidityNet : initialised.liquidityNet;
      crossed++;
    }
    tick = zeroForOne ? next - 1 : next;
  }
  return { amountIn: amount - remaining, amountOut, sqrtPriceX96, crossed };
}
