import type { Random } from "../../market/random.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Span, Trade } from "../trades.js";
import type { PriceSeries } from "./reference.js";

import { blockBootstrapped } from "./block-bootstrap.js";

/** Flow and price of an interval. */
interface Bin {
  /** Base tokens bought less those sold. */
  readonly flow: number;
  /** How the price changed, quote tokens. */
  readonly change: number;
}

/** Intervals that a slope needs at least. */
const FEWEST = 10;

/**
 * Kyle's lambda: by how many quote tokens the price of a base token moves for each one that is bought, the slope of price changes over the net
 * flow of intervals (Kyle, *Continuous auctions and insider trading*, 1985; Hasbrouck, *Empirical Market Microstructure*, 2007, chapter 5). Of a
 * pool's own price, it is mostly what its curve says.
 *
 * @param seconds - the length of an interval
 * @returns `undefined` for fewer than ten intervals with trades, or flow that is the same in all
 */
export function kyleLambda(
  trades: readonly Trade[],
  prices: PriceSeries,
  { spans, seconds, random }: { readonly spans: readonly Span[]; readonly seconds: number; readonly random: Random },
): FlowEstimate | undefined {
  const bins = spans.flatMap(([from, to]) => binsOf(trades, prices, from, to, seconds));
  if (bins.filter(({ flow }) => flow !== 0).length < FEWEST) return undefined;
  const estimate = blockBootstrapped(bins, slopeOf, random);
  return Number.isFinite(estimate.value) ? estimate : undefined;
}

function binsOf(
  trades: readonly Trade[],
  prices: PriceSeries,
  from: number,
  to: number,
  seconds: number,
): readonly Bin[] {
  const count = Math.floor((to - from) / seconds);
  const flows = new Float64Array(Math.max(0, count));
  for (const { time, side, base } of trades) {
    // blocks are dated by their ends
    const bin = Math.ceil((time - from) / seconds) - 1;
    if (bin >= 0 && bin < count) flows[bin] = (flows[bin] ?? 0) + side * base;
  }
  return [...flows].flatMap((flow, bin): Bin[] => {
    const [start, end] = [prices.at(from + bin * seconds), prices.at(from + (bin + 1) * seconds)];
    return start === undefined || end === undefined ? [] : [{ flow, change: end - start }];
  });
}

function slopeOf(bins: readonly Bin[]): number {
  const mean = (of: (bin: Bin) => number): number => bins.reduce((sum, bin) => sum + of(bin), 0) / bins.length;
  const [flow, change] = [mean((bin) => bin.flow), mean((bin) => bin.change)];
  const both = bins.reduce((sum, bin) => sum + (bin.flow - flow) * (bin.change - change), 0);
  const squares = bins.reduce((sum, bin) => sum + (bin.flow - flow) ** 2, 0);
  return both / squares;
}
