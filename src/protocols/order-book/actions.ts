import type { Action } from "../action.js";
import type { Token } from "../token.js";
import type { BookSide } from "./book-maker.js";
import type { OrderBookView } from "./view.js";

import { PPM } from "../../quantity/ppm.js";
import { choose, fraction } from "../../quantity/share.js";
import { swapAction } from "../swap-action.js";

/** How far from the best price of the other side an order of the search may be, as a part of it: a half. */
const FARTHEST = 2n;

/** The free moves of an order book: market orders, orders that rest, and their cancellation. */
export function orderBookActions(base: Token, quote: Token): readonly Action<OrderBookView>[] {
  return [
    swapAction([base, quote]),
    {
      // which side, what share of the balance, how far from the best price
      name: "placeOrder",
      operands: 3,
      ordinary: true,
      build: ([side = 0, share = 0, distance = 0], { view, balance }) => {
        const chosen: BookSide | undefined = choose(side, ["bid", "ask"] as const);
        const best = (chosen === "bid" ? (view.asks[0] ?? view.bids[0]) : (view.bids[0] ?? view.asks[0]))?.price;
        if (chosen === undefined || best === undefined) return undefined;
        const away = (best * BigInt(distance)) / (BigInt(PPM) * FARTHEST) + 1n;
        const price = chosen === "bid" ? best - away : best + away;
        const unit = 10n ** BigInt(base.decimals);
        const amount =
          chosen === "ask"
            ? fraction(share, balance(base.address))
            : (fraction(share, balance(quote.address)) * unit) / (price > 0n ? price : 1n);
        return price <= 0n || amount === 0n ? undefined : view.place({ side: chosen, price, amount });
      },
    },
    {
      name: "cancelOrder",
      operands: 1,
      ordinary: true,
      build: ([which = 0], { view, self }) => {
        const order = choose(which, view.ordersOf(self));
        return order === undefined ? undefined : view.cancel(order.id);
      },
    },
  ];
}
