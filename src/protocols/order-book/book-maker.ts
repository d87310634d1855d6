import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { MakerMarket, Quotes } from "../roles/maker-market.js";
import type { Token } from "../token.js";
import type { BookLevel } from "./math.js";

import { isSameAddress } from "../../quantity/address.js";

import { costOf } from "./math.js";

/** The side of an order. */
export type BookSide = "bid" | "ask";

/** An order to be placed. */
export interface NewOrder extends BookLevel {
  readonly side: BookSide;
}

/** An order that rests. */
export interface RestingOrder extends NewOrder {
  readonly id: bigint;
  readonly maker: Address;
}

/** An order book as those see it who place orders: what {@link bookMaker} makes a {@link MakerMarket} of. */
export interface MadeBook {
  readonly base: Token;
  readonly quote: Token;
  /** Orders or levels, the best first. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** The orders of an account, in any order. */
  ordersOf(account: Address): readonly RestingOrder[];
  /** Places an order, which rests. */
  place(order: NewOrder, self: Address): ContractCall;
  /** Cancels an order of the caller's. */
  cancel(id: bigint, self: Address): ContractCall;
}

/** Orders are as wanted up to this share of the half-spread (prices), or of themselves (amounts). */
const TOLERANCE = 0.1;

/**
 * An order book as a market to quote on: a maker's capital is spread evenly over its bids and asks, which are replaced together
 * when a price is off by a tenth of the half-spread, or an amount by a tenth of itself. For adapters of books of any design.
 */
export function bookMaker(book: MadeBook): MakerMarket {
  const { base, quote } = book;
  const unit = 10n ** BigInt(base.decimals);
  const withdraw = (self: Address): readonly ContractCall[] =>
    book.ordersOf(self).map(({ id }) => book.cancel(id, self));
  return {
    tokens: [base, quote],
    quoted: (account) => {
      const sum = (side: BookSide, of: (order: RestingOrder) => bigint): bigint =>
        book.ordersOf(account).reduce((total, order) => (order.side === side ? total + of(order) : total), 0n);
      return [sum("ask", ({ amount }) => amount), sum("bid", (order) => costOf(order, unit))];
    },
    worth: (token, amount) => {
      // what a buyer pays, if anybody sells
      const price = (book.asks[0] ?? book.bids[0])?.price ?? 0n;
      if (isSameAddress(token, base.address)) return (amount * price) / unit;
      return price === 0n ? 0n : (amount * unit) / price;
    },
    quote: (quotes, self) => {
      const wanted = ordersFor(quotes, 10 ** quote.decimals, unit);
      if (areAsWanted(book.ordersOf(self), wanted, quotes.halfSpread)) return [];
      return [...withdraw(self), ...wanted.map((order) => book.place(order, self))];
    },
    withdraw,
  };
}

/** The orders that quotes are, none for nothing; prices are rounded away from the middle. */
function ordersFor({ price, halfSpread, levels, own }: Quotes, quoteUnit: number, unit: bigint): readonly NewOrder[] {
  if (!Number.isFinite(price) || price <= 0) return [];
  return (["bid", "ask"] as const).flatMap((side) =>
    Array.from({ length: levels }, (_level, index): NewOrder => {
      const distance = halfSpread * (index + 1);
      if (side === "ask") {
        const asked = BigInt(Math.ceil(price * (1 + distance) * quoteUnit));
        return { side, price: asked, amount: own[0] / BigInt(levels) };
      }
      const offered = BigInt(Math.max(0, Math.floor(price * (1 - distance) * quoteUnit)));
      return {
        side,
        price: offered,
        amount: offered === 0n ? 0n : ((own[1] / BigInt(levels)) * unit) / offered,
      };
    }).filter((order) => order.price > 0n && order.amount > 0n),
  );
}

function areAsWanted(present: readonly RestingOrder[], wanted: readonly NewOrder[], halfSpread: number): boolean {
  return (
    present.length === wanted.length &&
    wanted.every((order) =>
      present.some(
        ({ side, price, amount }) =>
          side === order.side &&
          isNear(price, order.price, TOLERANCE * halfSpread) &&
          isNear(amount, order.amount, TOLERANCE),
      ),
    )
  );
}

function isNear(one: bigint, other: bigint, share: number): boolean {
  return Math.abs(Number(one - other)) <= share * Number(other);
}
