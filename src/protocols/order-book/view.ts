import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ReadPlan } from "../read-plan.js";
import type { Token } from "../token.js";
import type { BookSide, NewOrder, RestingOrder } from "./book-maker.js";
import type { BookLevel } from "./math.js";

import { isSameAddress } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { all, map, read } from "../read-plan.js";
import { tokenNamed } from "../roles/pool-token.js";

import { orderBookAbi } from "./abi.js";
import { boughtFrom, levelsOf, soldTo } from "./math.js";

/** What agents see of an order book. */
export interface OrderBookView {
  readonly book: Address;
  readonly base: Token;
  readonly quote: Token;
  /** Resting orders in the order in which they are filled. */
  readonly bids: readonly RestingOrder[];
  readonly asks: readonly RestingOrder[];
  /** The highest price that is bid, whole quote tokens for a whole base token; `undefined` without bids. */
  readonly bestBid: number | undefined;
  /** The lowest price that is asked. */
  readonly bestAsk: number | undefined;
  /** The depth at each price of a side, best first. */
  depth(side: BookSide): readonly BookLevel[];
  /** An account's resting orders. */
  ordersOf(account: Address): readonly RestingOrder[];
  /** What a market order pays out, base units of the other token. */
  amountOut(tokenIn: Address, amountIn: bigint): bigint;
  /** Places an order of the caller's. It reverts if it could be filled at once. */
  place(order: NewOrder): ContractCall;
  /** Cancels an order of the caller's. */
  cancel(id: bigint): ContractCall;
  /** A market order of the caller's: fills what there is at any price, and leaves the rest with the caller. */
  swap(swap: {
    readonly tokenIn: Address;
    readonly amountIn: bigint;
    /** Base units of the other token below which it reverts. Default 0. */
    readonly minOut?: bigint;
  }): ContractCall;
  /** What a call of the book swaps, if it does. */
  swapIn(
    call: ContractCall,
  ):
    | { readonly tokenIn: Address; readonly tokenOut: Address; readonly amountIn: bigint; readonly minOut: bigint }
    | undefined;
  /**
   * Sells for the caller, at any price.
   *
   * @param what - an asset (`ETH`), or one of the book's tokens by symbol or address
   * @param amountIn - base units
   * @throws SiegeError `UNKNOWN_ASSET` if the book does not trade it
   */
  sell(what: string, amountIn: bigint): ContractCall;
}

/** The facts of a book, read once. */
export interface OrderBookFacts {
  readonly book: Address;
  readonly base: Token;
  readonly quote: Token;
  /** How many orders of each side are read. */
  readonly orders: number;
}

/** The reads of a book in every block: its resting orders. */
export function orderBookPlan(facts: OrderBookFacts): ReadPlan<OrderBookView> {
  const side = (isBid: boolean) =>
    read({ address: facts.book, abi: orderBookAbi, functionName: "resting", args: [isBid, BigInt(facts.orders)] });
  return map(all({ bids: side(true), asks: side(false) }), ({ bids, asks }) =>
    viewOf(
      facts,
      bids.map((order) => ({ ...order, side: "bid" })),
      asks.map((order) => ({ ...order, side: "ask" })),
    ),
  );
}

function viewOf(
  { book, base, quote }: OrderBookFacts,
  bids: readonly RestingOrder[],
  asks: readonly RestingOrder[],
): OrderBookView {
  const contract = { address: book, abi: orderBookAbi } as const;
  const unit = 10n ** BigInt(base.decimals);
  const isBase = (token: Address): boolean => isSameAddress(token, base.address);
  const whole = (order: RestingOrder | undefined): number | undefined =>
    order === undefined ? undefined : wholeUnits(order.price, quote.decimals);
  const swap: OrderBookView["swap"] = ({ tokenIn, amountIn, minOut = 0n }) =>
    call({ ...contract, functionName: isBase(tokenIn) ? "sell" : "buy", args: [amountIn, minOut] });
  return {
    book,
    base,
    quote,
    bids,
    asks,
    bestBid: whole(bids[0]),
    bestAsk: whole(asks[0]),
    depth: (side) => levelsOf(side === "bid" ? bids : asks),
    ordersOf: (account) => [...bids, ...asks].filter(({ maker }) => isSameAddress(maker, account)),
    amountOut: (tokenIn, amountIn) =>
      (isBase(tokenIn) ? soldTo(bids, amountIn, unit) : boughtFrom(asks, amountIn, unit)).out,
    place: ({ side, price, amount }) =>
      call({ ...contract, functionName: "place", args: [side === "bid", price, amount] }),
    cancel: (id) => call({ ...contract, functionName: "cancel", args: [id] }),
    swap,
    swapIn: ({ to, function: { name }, args }) => {
      if (!isSameAddress(to, book) || (name !== "sell" && name !== "buy")) return undefined;
      // the name identifies the book's function
      const [amountIn, minOut] = args as readonly [bigint, bigint];
      const [tokenIn, tokenOut] = name === "sell" ? [base, quote] : [quote, base];
      return { tokenIn: tokenIn.address, tokenOut: tokenOut.address, amountIn, minOut };
    },
    sell: (what, amountIn) => swap({ tokenIn: tokenNamed([base, quote], what).address, amountIn }),
  };
}
