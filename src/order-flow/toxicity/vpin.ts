import { requireInRange, requireKnown } from "../../options.js";

/** A trade of which side and volume are known. */
export interface SidedTrade {
  /** 1 for a purchase, -1 for a sale. */
  readonly side: 1 | -1;
  /** In any one unit, above 0. */
  readonly volume: number;
}

/** Options of {@link vpin}. */
export interface VpinOptions {
  /** The volume of a bucket, in the unit of the trades', above 0. */
  readonly bucketVolume: number;
  /** How many buckets count together, 1 to 10,000. Default: all. */
  readonly window?: number;
}

/**
 * The volume-synchronised probability of informed trading: volume is cut into buckets of one size, and the imbalance of purchases and sales
 * in the buckets of a window is divided by their volume, VPIN = Σ |buys - sales| / (n V) (Easley, López de Prado and O'Hara, *Flow Toxicity and
 * Liquidity in a High-Frequency World*, 2012). A trade on the edge of a bucket is split; a last bucket that is not full does not count. The
 * sides of a pool's trades are known, so that none has to be guessed from prices.
 *
 * @param trades - in order
 * @returns one value, 0 to 1, for each bucket from the first full window on
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * vpin([{ side: 1, volume: 800 }, { side: -1, volume: 700 }, { side: 1, volume: 500 }], { bucketVolume: 1_000 }); // [0.3]
 * ```
 */
export function vpin(trades: readonly SidedTrade[], options: VpinOptions): readonly number[] {
  requireKnown("vpin", options, ["bucketVolume", "window"]);
  const { bucketVolume, window } = options;
  requireInRange("vpin", "bucketVolume", bucketVolume, { min: Number.MIN_VALUE, max: Number.MAX_VALUE });
  if (window !== undefined) requireInRange("vpin", "window", window, { min: 1, max: 10_000, kind: "integer" });
  const imbalances = imbalancesOf(trades, bucketVolume);
  const size = window ?? imbalances.length;
  if (imbalances.length === 0) return [];
  return imbalances
    .slice(size - 1)
    .map((_imbalance, first) => meanOf(imbalances.slice(first, first + size)) / bucketVolume);
}

/** |purchases - sales| in each full bucket. */
export function imbalancesOf(trades: readonly SidedTrade[], bucketVolume: number): readonly number[] {
  const imbalances: number[] = [];
  let [net, filled] = [0, 0];
  for (const { side, volume } of trades) {
    let left = volume;
    // what rounding leaves of a bucket is none
    while (left > bucketVolume * 1e-12) {
      const part = Math.min(left, bucketVolume - filled);
      net += side * part;
      filled += part;
      left -= part;
      if (filled < bucketVolume * (1 - 1e-12)) continue;
      imbalances.push(Math.abs(net));
      [net, filled] = [0, 0];
    }
  }
  return imbalances;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
