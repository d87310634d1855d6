import type { History } from "./history.js";

/** A price at a moment. */
interface TimedPrice {
  /** Unix seconds. */
  readonly time: number;
  readonly price: number;
}

/**
 * A history at even times, of prices that come when they come: at each time the last one at or before it, as whoever reads a feed sees it.
 *
 * @param prices - oldest first
 * @param spacing - seconds, above 0
 * @param until - Unix seconds; the history ends at the last even time up to then
 */
export function evenHistory(prices: readonly TimedPrice[], spacing: number, until: number): History {
  const [first] = prices;
  const times: number[] = [];
  const seen: number[] = [];
  let at = 0;
  for (let time = first?.time ?? Infinity; time <= until; time += spacing) {
    while ((prices[at + 1]?.time ?? Infinity) <= time) at += 1;
    times.push(time);
    seen.push(prices[at]?.price ?? Number.NaN);
  }
  return { prices: seen, times, spacing };
}
