import type { FlowDataSet } from "../data-set/flow-data-set.js";
import type { PoolTrades } from "../trades.js";

import { SiegeError } from "../../errors.js";
import { isSameAddress } from "../../quantity/address.js";
import { tradesOf } from "../trades.js";

/** Prices over time, as a step function. */
export interface PriceSeries {
  /** What it is of: the name of a pool or a feed, or `given`. */
  readonly name: string;
  /** Whether the pool's own trades do not move it at once. */
  readonly independent: boolean;
  /** The price of a base token in quote tokens: the last one at or before a moment. `undefined` before the first. */
  readonly at: (time: number) => number | undefined;
}

/** Prices that are given: quote tokens for a base token. */
export interface GivenPrices {
  /** Unix seconds, ascending. */
  readonly times: readonly number[];
  readonly prices: readonly number[];
}

/**
 * The prices against which a pool's trades are judged.
 *
 * @param reference - the name of a feed or of another pool of the same tokens, or prices. Default: the pool's own
 * @throws SiegeError `INVALID_OPTION`
 */
export function referenceOf(
  flow: FlowDataSet,
  own: PoolTrades,
  reference: string | GivenPrices | undefined,
): PriceSeries {
  if (typeof reference === "object") return givenSeries(reference);
  if (reference === undefined || reference === own.name) {
    return {
      ...seriesOf(own.trades.flatMap(({ time, after }) => point(time, after))),
      name: own.name,
      independent: false,
    };
  }
  const contract = flow.contracts[reference];
  if (contract?.kind === "chainlink") {
    const rounds = flow.events.flatMap((event) =>
      event.kind === "round" && event.contract === reference ? [[event.time, event.price] as const] : [],
    );
    return { ...seriesOf(rounds), name: reference, independent: true };
  }
  const other = tradesOf(flow).find(({ name }) => name === reference);
  if (other === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `The order flow has no pool and no feed "${reference}" to take prices from.`,
      hint: `Use one of: ${Object.keys(flow.contracts).join(", ")}; or leave it out for the pool's own prices.`,
    });
  }
  const isSame = other.pool.tokens.every((token) => own.pool.tokens.some((one) => isSameAddress(one, token)));
  if (!isSame || !isSameAddress(other.pool.quote, own.pool.quote)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `The pool "${reference}" trades other tokens than "${own.name}", so that its prices say nothing about them.`,
      hint: "Take prices from a pool of the same tokens with the same quote, or from a feed.",
    });
  }
  return {
    ...seriesOf(other.trades.flatMap(({ time, after }) => point(time, after))),
    name: reference,
    independent: true,
  };
}

function givenSeries({ times, prices }: GivenPrices): PriceSeries {
  const isInOrder = times.every((time, index) => Number.isFinite(time) && time >= (times[index - 1] ?? -Infinity));
  if (!isInOrder || times.length !== prices.length || !prices.every((price) => price > 0)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `The given prices, ${times.length} times and ${prices.length} prices, are not a series.`,
      hint: "Give as many prices above 0 as times, oldest first.",
    });
  }
  return { ...seriesOf(times.map((time, index) => [time, prices[index] ?? 0])), name: "given", independent: true };
}

/** @param points - times, ascending, and prices; the last one of a moment counts */
function seriesOf(points: readonly (readonly [time: number, price: number])[]): Pick<PriceSeries, "at"> {
  return {
    at: (time) => {
      let [low, high] = [0, points.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((points[middle]?.[0] ?? Infinity) <= time) low = middle + 1;
        else high = middle;
      }
      return points[low - 1]?.[1];
    },
  };
}

function point(time: number, price: number | undefined): readonly (readonly [number, number])[] {
  return price === undefined ? [] : [[time, price]];
}
