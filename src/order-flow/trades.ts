import type { Address } from "viem";

import type { BlockRange, FlowDataSet, FlowPool, FlowToken } from "./data-set/flow-data-set.js";

import { SiegeError } from "../errors.js";
import { addressKey, isSameAddress } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";

/** A swap, seen from the taker. */
export interface Trade {
  /** Unix seconds. */
  readonly time: number;
  readonly block: number;
  readonly from: Address;
  /** 1 for a purchase of the base token, -1 for a sale. */
  readonly side: 1 | -1;
  /** Whole base tokens, above 0. */
  readonly base: number;
  /** Whole quote tokens, above 0, fees included. */
  readonly quote: number;
  /** What was paid for a base token, in quote tokens: fees and price impact included. */
  readonly paid: number;
  /** The pool's marginal price before it. Absent for the first one, and where the logs do not say. */
  readonly before?: number;
  /** The pool's marginal price after it. Absent where the logs do not say. */
  readonly after?: number;
}

/** The trades of a pool. */
export interface PoolTrades {
  readonly name: string;
  readonly pool: FlowPool;
  readonly base: FlowToken;
  readonly quote: FlowToken;
  readonly trades: readonly Trade[];
}

/** The trades of each pool of a data set, in order. Swaps of which one side is nothing are no trades. */
export function tradesOf(flow: FlowDataSet): readonly PoolTrades[] {
  return Object.entries(flow.contracts).flatMap(([name, pool]) =>
    pool.kind === "uniswapV2" || pool.kind === "uniswapV3" ? [tradesIn(flow, name, pool)] : [],
  );
}

/** The trades of one pool. @throws SiegeError `INVALID_OPTION` */
export function tradesOfPool(flow: FlowDataSet, name: string): PoolTrades {
  const pools = tradesOf(flow);
  const found = pools.find((pool) => pool.name === name);
  if (found !== undefined) return found;
  throw new SiegeError("INVALID_OPTION", {
    message: `The order flow has no pool "${name}".`,
    hint: pools.length === 0 ? "It has no pools." : `Use one of: ${pools.map((pool) => pool.name).join(", ")}.`,
  });
}

function tradesIn(flow: FlowDataSet, name: string, pool: FlowPool): PoolTrades {
  const isQuoteFirst = isSameAddress(pool.quote, pool.tokens[0]);
  const [first, second] = pool.tokens.map((token) => flow.tokens[addressKey(token)] ?? { symbol: "?", decimals: 18 });
  const [base, quote] = (isQuoteFirst ? [second, first] : [first, second]) as [FlowToken, FlowToken];
  const trades: Trade[] = [];
  let before: number | undefined;
  for (const event of flow.events) {
    if (event.kind !== "swap" || event.contract !== name) continue;
    const [ofBase, ofQuote] = isQuoteFirst ? [event.amount1, event.amount0] : [event.amount0, event.amount1];
    const price = event.price === undefined ? undefined : isQuoteFirst ? 1 / event.price : event.price;
    // the pool pays out what a purchase buys
    const side = ofBase < 0n ? 1 : -1;
    const [given, taken] = [Math.abs(wholeUnits(ofBase, base.decimals)), Math.abs(wholeUnits(ofQuote, quote.decimals))];
    if (given > 0 && taken > 0 && ofBase < 0n !== ofQuote < 0n) {
      trades.push({
        time: event.time,
        block: event.block,
        from: event.from,
        side,
        base: given,
        quote: taken,
        paid: taken / given,
        ...(before === undefined ? {} : { before }),
        ...(price === undefined ? {} : { after: price }),
      });
    }
    before = price;
  }
  return { name, pool, base, quote, trades };
}

/** A span of time in which everything was read, Unix seconds. */
export type Span = readonly [from: number, to: number];

/** The spans of a data set: the whole of it, but for the blocks that were not read. */
export function spansOf({ blocks: [first, last], times: [start, end], missing }: FlowDataSet): readonly Span[] {
  const perBlock = (end - start) / Math.max(1, last - first + 1);
  // when a block was mined, as evenly spaced as they are on average
  const at = (block: number): number => start + (block - first + 1) * perBlock;
  const cuts: readonly BlockRange[] = [...missing, [last + 1, last + 1]];
  const spans = cuts.map(([gap], index): Span => {
    const from = index === 0 ? start : at(missing[index - 1]?.[1] ?? first);
    return [from, index === cuts.length - 1 ? end : at(gap - 1)];
  });
  return spans.filter(([from, to]) => to > from);
}

/** Seconds in which everything was read. */
export function secondsOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}
