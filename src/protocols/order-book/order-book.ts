import type { ProtocolFactory } from "../protocol.js";
import type { OrderBookFacts, OrderBookView } from "./view.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown } from "../../options.js";
import { wholeUnits } from "../../quantity/amount.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, read } from "../read-plan.js";
import { makerMarket } from "../roles/maker-market.js";
import { plays } from "../roles/role.js";
import { venue } from "../roles/venue.js";

import { orderBookAbi } from "./abi.js";
import { orderBookActions } from "./actions.js";
import { bookMaker } from "./book-maker.js";
import { bookVenue } from "./book-venue.js";
import { orderBookPlan } from "./view.js";

/** Gas of a market order that fills three orders (measured: 85,000 for one, 35,000 for each further one). */
const SWAP_GAS = 155_000n;

/** Options of {@link orderBook}. */
export interface OrderBookOptions {
  /** How many orders of each side are read in every block, the best first, 1 to 512. Beyond them the book is taken to be empty. Default 128. */
  readonly orders?: number;
}

/**
 * A central limit order book on the chain. There is no standard for one: this is a book with the functions `base`, `quote`,
 * `resting`, `place`, `cancel`, `sell` and `buy`, as docs/protocols.md describes them. For another design, {@link bookVenue} and
 * {@link bookMaker} make an adapter of your own trade in the same way.
 *
 * Orders that rest at the fork stay, and are filled like others. Free moves: `swap` (a market order, either direction, any share of
 * one's balance), `placeOrder` (either side, within half of the best price) and `cancelOrder`. An order is worth what is held for
 * it, at fair prices.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is no such book
 * @example `orderBook(book.address)`
 */
export const orderBook: ProtocolFactory<OrderBookOptions | undefined, OrderBookView> = defineProtocol<
  OrderBookOptions | undefined,
  OrderBookFacts,
  OrderBookView
>({
  kind: "orderBook",
  validate: (options = {}) => {
    requireKnown("orderBook", options, ["orders"]);
    const { orders = 128 } = options;
    requireInRange("orderBook", "orders", orders, { min: 1, max: 512, kind: "integer" });
  },
  inspect: async (context, address, { orders = 128 } = {}) => {
    const contract = { address, abi: orderBookAbi } as const;
    const { base, quote, bids } = await context.read(
      all({
        base: attempt(read({ ...contract, functionName: "base" })),
        quote: attempt(read({ ...contract, functionName: "quote" })),
        bids: attempt(read({ ...contract, functionName: "resting", args: [true, 1n] })),
      }),
    );
    if (base === undefined || quote === undefined || bids === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is no order book: base(), quote() or resting() returns no value.`,
        hint: "Give the address of a book with these functions, or write an adapter for it with bookVenue and bookMaker.",
      });
    }
    return { book: address, base: await context.token(base), quote: await context.token(quote), orders };
  },
  tokens: ({ base, quote }) => [base, quote],
  approvals: ({ book, base, quote }) => [base, quote].map(({ address }) => ({ token: address, spender: book })),
  observe: (facts) => orderBookPlan(facts),
  actions: ({ base, quote }) => orderBookActions(base, quote),
  value: () => (view, account, price) => {
    const book = bookMaker(view);
    return book.quoted(account).reduce((total, amount, index) => {
      const token = book.tokens[index];
      if (amount === 0n || token?.asset === undefined) return total;
      return total + wholeUnits(amount, token.decimals) * price(token.asset);
    }, 0);
  },
  roles: [
    plays(venue, (view) =>
      bookVenue({
        base: view.base,
        quote: view.quote,
        bids: view.bids,
        asks: view.asks,
        swapGas: SWAP_GAS,
        sell: (amountIn, minOut) => view.swap({ tokenIn: view.base.address, amountIn, minOut }),
        buy: (amountIn, minOut) => view.swap({ tokenIn: view.quote.address, amountIn, minOut }),
        swapIn: (call) => view.swapIn(call),
      }),
    ),
    plays(makerMarket, (view) => bookMaker(view)),
  ],
});
