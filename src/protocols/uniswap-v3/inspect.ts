import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { Token } from "../token.js";
import type { Words } from "./swap.js";

import { SiegeError } from "../../errors.js";
import { isSameAddress } from "../../quantity/address.js";
import { all, attempt, list, read } from "../read-plan.js";

import { poolAbi, positionManagerAbi, routerAbi } from "./abi.js";
import { MAX_TICK, MIN_TICK } from "./math.js";
import { windowOf, wordOf } from "./swap.js";

/** The contracts around the pools (https://docs.uniswap.org/contracts/v3/reference/deployments/ethereum-deployments). */
export interface UniswapV3Periphery {
  readonly router: Address;
  readonly positionManager: Address;
}

/** The facts of a pool, read once. */
export interface UniswapV3Facts extends UniswapV3Periphery {
  readonly pool: Address;
  readonly tokens: readonly [Token, Token];
  /** In hundredths of a basis point. */
  readonly fee: number;
  readonly tickSpacing: number;
  /** The words of the tick bitmap that are read. */
  readonly words: Words;
  /** The averaging windows of the TWAPs that are read, in seconds. */
  readonly windows: readonly number[];
}

/** Ticks to be known on either side of the price: a factor of two in the price. */
const REACH = 7_000;

/** The most words and initialised ticks that are read in a block (measured: 3,200 gas per word, 11,500 per tick). */
const MAX_WORDS = 32;
const MAX_TICKS = 512;

/**
 * Finds a pool's facts.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address is not a pool that has a price, or the contracts around it are
 * missing or belong to another factory
 */
export async function inspectUniswapV3(
  context: InspectContext,
  pool: Address,
  periphery: UniswapV3Periphery,
  windows: readonly number[],
): Promise<UniswapV3Facts> {
  const of = { address: pool, abi: poolAbi } as const;
  const found = await context.read(
    all({
      factory: attempt(read({ ...of, functionName: "factory" })),
      token0: attempt(read({ ...of, functionName: "token0" })),
      token1: attempt(read({ ...of, functionName: "token1" })),
      fee: attempt(read({ ...of, functionName: "fee" })),
      tickSpacing: attempt(read({ ...of, functionName: "tickSpacing" })),
      slot0: attempt(read({ ...of, functionName: "slot0" })),
    }),
  );
  const { factory, token0, token1, fee, tickSpacing, slot0 } = found;
  if (factory === undefined || token0 === undefined || token1 === undefined || fee === undefined) throw notAPool(pool);
  if (tickSpacing === undefined || slot0 === undefined) throw notAPool(pool);
  const [sqrtPriceX96, tick] = slot0;
  if (sqrtPriceX96 === 0n) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `The Uniswap V3 pool ${pool} has no price yet.`,
      hint: "Initialise it and give it liquidity before the scenario starts.",
    });
  }
  await requirePeriphery(context, factory, periphery);
  return {
    pool,
    ...periphery,
    tokens: [await context.token(token0), await context.token(token1)],
    fee,
    tickSpacing,
    words: await wordsAround(context, pool, { tick, tickSpacing }),
    windows,
  };
}

/** The words within reach of the price, nearest first, as long as there are few enough words and ticks. */
async function wordsAround(
  context: InspectContext,
  address: Address,
  { tick, tickSpacing }: { readonly tick: number; readonly tickSpacing: number },
): Promise<Words> {
  const of = (at: number): number => wordOf(Math.max(MIN_TICK, Math.min(MAX_TICK, at)), tickSpacing);
  const [lowest, here, highest] = [of(tick - REACH), of(tick), of(tick + REACH)];
  const inReach = Array.from({ length: highest - lowest + 1 }, (_none, index) => lowest + index);
  const bitmaps = await context.read(
    list(inReach.map((word) => read({ address, abi: poolAbi, functionName: "tickBitmap", args: [word] }))),
  );
  const nearest = [...bitmaps.entries()]
    .map(([index, bitmap]) => {
      const word = lowest + index;
      const { tickLower, tickUpper } = windowOf({ first: word, last: word }, tickSpacing);
      return { word, ticks: bitsOf(bitmap), distance: Math.max(tickLower - tick, tick - tickUpper) };
    })
    .toSorted((one, other) => one.distance - other.distance);
  let words: Words = { first: here, last: here };
  let ticks = 0;
  for (const next of nearest.slice(0, MAX_WORDS)) {
    ticks += next.ticks;
    // the word that contains the price is always read, however full it is
    if (ticks > MAX_TICKS && next.word !== here) break;
    words = { first: Math.min(words.first, next.word), last: Math.max(words.last, next.word) };
  }
  return words;
}

function bitsOf(bitmap: bigint): number {
  let bits = 0;
  for (let rest = bitmap; rest > 0n; rest &= rest - 1n) bits++;
  return bits;
}

async function requirePeriphery(
  context: InspectContext,
  factory: Address,
  { router, positionManager }: UniswapV3Periphery,
): Promise<void> {
  const factories = await context.read(
    all({
      router: attempt(read({ address: router, abi: routerAbi, functionName: "factory" })),
      positionManager: attempt(read({ address: positionManager, abi: positionManagerAbi, functionName: "factory" })),
    }),
  );
  for (const [option, address, answered] of [
    ["router", router, factories.router],
    ["positionManager", positionManager, factories.positionManager],
  ] as const) {
    if (!isSameAddress(answered, factory)) throw notPartOf(option, address);
  }
}

function notAPool(pool: Address): SiegeError {
  return new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `${pool} is not a Uniswap V3 pool: its view functions are missing.`,
    hint: "Give the address of the pool, not of the factory, the router or a token.",
  });
}

function notPartOf(option: keyof UniswapV3Periphery, address: Address): SiegeError {
  return new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `There is no ${option} of the pool's factory at ${address} on this chain.`,
    hint: `Name the one of this chain: uniswapV3(pool, { ${option} }).`,
  });
}
