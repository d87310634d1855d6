import type { Address } from "viem";

import type { Venue } from "../../protocols/roles/venue.js";

/** Smaller differences between two amounts do not matter, as a share of the larger. */
const PRECISION = 1_000_000_000n;

/** The share of the maximum over which the marginal price is measured on venues that cannot quote after a swap. */
const STEP = 10_000n;

/** A sale that pushes down the price of the token sold. */
interface PricePush {
  readonly venue: Venue;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** The target price of `tokenIn` in `tokenOut`, as a multiple of the current price, above 0. */
  readonly factor: number;
  /** The most that can be sold, base units. */
  readonly most: bigint;
}

/** The size of a push. */
interface PushSize {
  /** Base units of `tokenIn`; 0 if the price is already there. */
  readonly amountIn: bigint;
  /** How much of the way it moves the logarithm of the price, 0 to 1. */
  readonly reached: number;
}

/** The smallest sale that pushes a price down to its target, or the whole amount. By bisection on the venue's own quotes. */
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
