import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Venue } from "../roles/venue.js";
import type { Token } from "../token.js";
import type { BookLevel } from "./math.js";

import { isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";

import { boughtFrom, soldTo } from "./math.js";

/** An order book as those see it who take orders: what {@link bookVenue} makes a {@link Venue} of. */
export interface TradedBook {
  readonly base: Token;
  readonly quote: Token;
  /** Orders or levels, the best first. What is not among them is taken not to be there. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** Gas of a market order, see {@link Venue.swapGas}. */
  readonly swapGas: bigint;
  /** Sells an amount of the base token to the bids. @param minOut - base units of the quote token below which it reverts */
  sell(amount: bigint, minOut: bigint, self: Address): ContractCall;
  /** Spends an amount of the quote token on the asks. @param minOut - base units of the base token below which it reverts */
  buy(spend: bigint, minOut: bigint, self: Address): ContractCall;
  /** See {@link Venue.swapIn}. */
  readonly swapIn?: Venue["swapIn"];
}

/**
 * An order book without fees as a place to swap: for adapters of books of any design. A swap is a market order that takes what is
 * there, so that quotes stop to grow where the orders end.
 */
export function bookVenue(book: TradedBook): Venue {
  const { base, quote, bids, asks, swapGas, swapIn } = book;
  const unit = 10n ** BigInt(base.decimals);
  const isSale = (tokenIn: Address, tokenOut: Address): boolean =>
    isSameAddress(tokenIn, base.address) && isSameAddress(tokenOut, quote.address);
  const isPurchase = (tokenIn: Address, tokenOut: Address): boolean => isSale(tokenOut, tokenIn);
  const priceOf = (level: BookLevel | undefined): number =>
    level === undefined ? 0 : wholeUnits(level.price, quote.decimals);
  return {
    tokens: [base, quote],
    quote: (tokenIn, tokenOut, amountIn) => {
      if (isSale(tokenIn, tokenOut)) return soldTo(bids, amountIn, unit).out;
      return isPurchase(tokenIn, tokenOut) ? boughtFrom(asks, amountIn, unit).out : 0n;
    },
    spotPrice: (tokenIn, tokenOut) => {
      if (isSale(tokenIn, tokenOut)) return priceOf(bids[0]);
      return isPurchase(tokenIn, tokenOut) && asks[0] !== undefined ? 1 / priceOf(asks[0]) : 0;
    },
    swapGas,
    swap: ({ tokenIn, amountIn, minOut = 0n, self }) =>
      isSameAddress(tokenIn, base.address) ? book.sell(amountIn, minOut, self) : book.buy(amountIn, minOut, self),
    after: (tokenIn, tokenOut, amountIn) => {
      if (isSale(tokenIn, tokenOut)) return bookVenue({ ...book, bids: soldTo(bids, amountIn, unit).left });
      if (!isPurchase(tokenIn, tokenOut)) return bookVenue(book);
      return bookVenue({ ...book, asks: boughtFrom(asks, amountIn, unit).left });
    },
    ...(swapIn === undefined ? {} : { swapIn }),
  };
}
