import type { Random } from "../../market/random.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Span, Trade } from "../trades.js";
import type { PriceSeries } from "./reference.js";

import { blockBootstrapped } from "./block-bootstrap.js";
import { isWithin } from "./markouts.js";

/** How many of the trades are informed. Plain data. */
export interface InformedShare {
  readonly share: FlowEstimate;
  /** Trades after which the reference price was another one. */
  readonly trades: number;
  /** Seconds within which information shows. */
  readonly horizon: number;
}

/** Trades that it takes at least. */
const FEWEST = 30;

/**
 * The share of informed trades: where those that know where the price goes always trade in that direction, and the others in either with the same
 * probability, a share α is informed if the price then moves the trade's way with probability (1 + α)/2; so α is estimated as twice the share of trades
 * that were followed by a move their way, less 1. A lower bound where the informed are wrong at times. It needs prices that the trades themselves do not
 * move.
 *
 * @returns `undefined` for prices of the pool itself, or too few trades
 */
export function informedShare(
  trades: readonly Trade[],
  prices: PriceSeries,
  { spans, horizon, random }: { readonly spans: readonly Span[]; readonly horizon: number; readonly random: Random },
): InformedShare | undefined {
  if (!prices.independent) return undefined;
  const ways = trades.flatMap(({ time, side }) => {
    if (!isWithin(spans, time, time + horizon)) return [];
    const [then, later] = [prices.at(time), prices.at(time + horizon)];
    return then === undefined || later === undefined || then === later ? [] : [later > then === (side === 1)];
  });
  if (ways.length < FEWEST) return undefined;
  const share = blockBootstrapped(
    ways,
    (sample) => Math.max(0, (2 * sample.filter(Boolean).length) / sample.length - 1),
    random,
  );
  return { share, trades: ways.length, horizon };
}
