import type { Address } from "viem";

import type { Venue } from "../../protocols/roles/venue.js";

/** Smaller differences between two amounts do not matter, as a share of the larger. */
const PRECISION = 1_000_000_000n;

/** Over what part of the most the marginal price is measured, where a venue cannot tell what it is after a swap. */
const STEP = 10_000n;

/** A sale that is to bring the price of what is sold down. */
interface PricePush {
  readonly venue: Venue;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** What the price of `tokenIn` in `tokenOut` shall be, as a multiple of what it is, above 0. */
  readonly factor: number;
  /** What there is to sell, base units. */
  readonly most: bigint;
}

/** How much it takes. */
interface PushSize {
  /** Base units of `tokenIn`; 0 where the price is there already. */
  readonly amountIn: bigint;
  /** How far that brings the logarithm of the price, as a share of the way, 0 to 1. */
  readonly reached: number;
}

/** The smallest sale that brings a price down to where it shall be, or all there is to sell. By bisection on the venue's own numbers. */
export function sizeOfPush(push: PricePush): PushSize {
  const { factor, most } = push;
  if (factor >= 1) return { amountIn: 0n, reached: 1 };
  if (most <= 0n) return { amountIn: 0n, reached: 0 };
  const atMost = factorAfter(push, most);
  if (atMost > factor) return { amountIn: most, reached: Math.log(atMost) / Math.log(factor) };
  let [low, high] = [0n, most];
  while (high - low > high / PRECISION + 1n) {
    const middle = (low + high) / 2n;
    if (factorAfter(push, middle) > factor) low = middle;
    else high = middle;
  }
  return { amountIn: high, reached: 1 };
}

/** The price after a sale, as a multiple of the price before it. */
function factorAfter({ venue, tokenIn, tokenOut, most }: PricePush, amount: bigint): number {
  if (venue.after !== undefined) {
    return venue.after(tokenIn, tokenOut, amount).spotPrice(tokenIn, tokenOut) / venue.spotPrice(tokenIn, tokenOut);
  }
  // fees are the same share of both marginal prices
  const step = most / STEP + 1n;
  const quote = (amountIn: bigint): bigint => venue.quote(tokenIn, tokenOut, amountIn);
  return Number(quote(amount + step) - quote(amount)) / Number(quote(step));
}
