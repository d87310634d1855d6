import type { Random } from "../../market/random.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Span, Trade } from "../trades.js";
import type { PriceSeries } from "./reference.js";

import { blockBootstrapped } from "./block-bootstrap.js";

/** What takers gain so many seconds after their trades. Plain data. */
export interface Markout {
  /** Seconds after the trade. */
  readonly seconds: number;
  /** The mean gain, fees and price impact paid, in basis points of the volume. Above 0, whoever provides the liquidity loses. */
  readonly gain: FlowEstimate;
  /** How many trades it is of: those after which there is a price. */
  readonly trades: number;
}

/** What a trade gained, quote tokens, and its volume. */
interface Gain {
  readonly gain: number;
  readonly volume: number;
}

const BASIS_POINTS = 10_000;

/**
 * What takers gain at some horizons after their trades, at the prices then: Σ side · base · (price - paid) / Σ quote. Trades whose horizon is
 * beyond the data, or beyond a gap in it, are left out.
 *
 * @returns none for a horizon without trades
 */
export function markoutsOf(
  trades: readonly Trade[],
  prices: PriceSeries,
  {
    spans,
    horizons,
    random,
  }: { readonly spans: readonly Span[]; readonly horizons: readonly number[]; readonly random: Random },
): readonly Markout[] {
  return horizons.flatMap((seconds) => {
    const gains = trades.flatMap((trade): Gain[] => {
      if (!isWithin(spans, trade.time, trade.time + seconds)) return [];
      const price = prices.at(trade.time + seconds);
      return price === undefined ? [] : [{ gain: trade.side * trade.base * (price - trade.paid), volume: trade.quote }];
    });
    if (gains.length === 0) return [];
    return [{ seconds, gain: blockBootstrapped(gains, meanGain, random), trades: gains.length }];
  });
}

/** Whether one span holds both moments. */
export function isWithin(spans: readonly Span[], from: number, to: number): boolean {
  return spans.some(([start, end]) => from >= start && to <= end);
}

function meanGain(gains: readonly Gain[]): number {
  let [gain, volume] = [0, 0];
  for (const one of gains) {
    gain += one.gain;
    volume += one.volume;
  }
  return (gain / volume) * BASIS_POINTS;
}
