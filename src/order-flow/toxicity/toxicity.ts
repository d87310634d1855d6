import type { Address } from "viem";

import type { FlowDataSet } from "../data-set/flow-data-set.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { PoolTrades, Span, Trade } from "../trades.js";
import type { InformedShare } from "./informed-share.js";
import type { Markout } from "./markouts.js";
import type { GivenPrices, PriceSeries } from "./reference.js";

import { SiegeError } from "../../errors.js";
import { createRandom } from "../../market/random.js";
import { standardNormalQuantile } from "../../numeric/normal.js";
import { requireInRange, requireKnown } from "../../options.js";
import { grouped } from "../../quantity/grouped.js";
import { CONFIDENCE } from "../flow-estimate.js";
import { secondsOf, spansOf, tradesOfPool } from "../trades.js";

import { blockBootstrapped } from "./block-bootstrap.js";
import { informedShare } from "./informed-share.js";
import { markoutsOf } from "./markouts.js";
import { kyleLambda } from "./price-impact.js";
import { lossVersusRebalancing } from "./rebalancing-loss.js";
import { referenceOf } from "./reference.js";
import { imbalancesOf, vpin } from "./vpin.js";

/** Options of {@link toxicityOf}. */
export interface ToxicityOptions {
  /** The pool, by its name in the data set. */
  readonly pool: string;
  /** The prices that trades are judged by: a feed or another pool of the data set, or prices. Default: the pool's own. */
  readonly reference?: string | GivenPrices;
  /** Seconds after a trade at which its gain is measured, 1 to 86,400 each. Default: 1, 5, 30, 60, 300. */
  readonly horizons?: readonly number[];
  /** The volume of a bucket of VPIN, whole base tokens. Default: a fiftieth of a day's mean volume, or of all if that is less. */
  readonly bucketVolume?: number;
  /** How many buckets VPIN is taken over, 1 to 10,000. Default 50. */
  readonly window?: number;
  /** Seconds of an interval over which price impact is measured, 1 to 86,400. Default 300. */
  readonly interval?: number;
  /** How many counterparties are told apart, those with most volume, 0 to 1,000. Default 10. */
  readonly counterparties?: number;
  /** Seed of the bootstrap, 0 to 2,147,483,647. Default 1. */
  readonly seed?: number;
}

/** The flow of one counterparty. Plain data. */
export interface CounterpartyFlow {
  readonly from: Address;
  readonly trades: number;
  /** Whole quote tokens. */
  readonly volume: number;
  /** Of the pool's volume. */
  readonly share: number;
  readonly markouts: readonly Markout[];
  /**
   * Whether it gains at some horizon, beyond what chance explains for one of so many counterparties and horizons (Bonferroni), at 95 %
   * confidence. At least 10 trades.
   */
  readonly informed: boolean;
}

/** How toxic the flow to a pool is: how much takers know. Plain data. */
export interface Toxicity {
  readonly pool: string;
  /** The token that is traded, and that in which prices are. */
  readonly base: string;
  readonly quote: string;
  /** Unix seconds of the data, and how many of them were read. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly trades: number;
  /** Whole quote tokens. */
  readonly volume: number;
  /** What prices the trades are judged by: a name in the data set, or `given`. */
  readonly reference: string;
  /** Mean VPIN, with the bucket's volume in base tokens and how many buckets it is of; absent for less than two buckets. */
  readonly vpin?: FlowEstimate & { readonly bucketVolume: number; readonly buckets: number; readonly highest: number };
  readonly markouts: readonly Markout[];
  /** Kyle's lambda: quote tokens by which the price moves for each base token bought, over so many seconds. Absent for fewer than ten intervals with trades. */
  readonly lambda?: FlowEstimate & { readonly over: number };
  /** Loss versus rebalancing, before fees, quote tokens in all. Absent where the logs do not have the pool's prices. */
  readonly rebalancingLoss?: FlowEstimate;
  /** Absent with the pool's own prices, and for fewer than 30 trades. */
  readonly informed?: InformedShare;
  readonly counterparties: readonly CounterpartyFlow[];
}

const HORIZONS = [1, 5, 30, 60, 300] as const;

const SECONDS_PER_DAY = 86_400;

/** A day has so many buckets (Easley, López de Prado and O'Hara 2012). */
const BUCKETS = 50;

/** Trades of a counterparty below which it is not called informed. */
const FEWEST = 10;

const OPTIONS = ["pool", "reference", "horizons", "bucketVolume", "window", "interval", "counterparties", "seed"];

/**
 * Measures how toxic the flow to a pool is: VPIN, what takers gain afterwards, price impact, loss versus rebalancing, and who it is. Intervals are
 * 95 %, by the stationary bootstrap of the trades in order.
 *
 * @throws SiegeError `INVALID_OPTION`; `FLOW_TOO_SHORT` if the pool has fewer than 10 trades
 * @example `toxicityOf(flow, { pool: "pool", reference: "feed" })`
 */
export function toxicityOf(flow: FlowDataSet, options: ToxicityOptions): Toxicity {
  const { pool, window, interval, counterparties, seed, horizons } = checked(options);
  const own = tradesOfPool(flow, pool);
  const { trades } = own;
  if (trades.length < FEWEST) {
    throw new SiegeError("FLOW_TOO_SHORT", {
      message: `The pool "${pool}" has ${trades.length} trades in the order flow.`,
      hint: `It takes at least ${FEWEST}: ingest more blocks.`,
    });
  }
  const spans = spansOf(flow);
  const prices = referenceOf(flow, own, options.reference);
  const random = createRandom(seed);
  const measured = { spans, horizons, random };
  const markouts = markoutsOf(trades, prices, measured);
  const lambda = kyleLambda(trades, prices, { spans, seconds: interval, random });
  const loss = lossVersusRebalancing(trades, prices, random);
  const informed = informedShare(trades, prices, { spans, horizon: horizons.find((one) => one >= 60) ?? 60, random });
  const buckets = vpinOf(own, secondsOf(spans), { bucketVolume: options.bucketVolume, window }, random);
  return {
    pool,
    base: own.base.symbol,
    quote: own.quote.symbol,
    from: flow.times[0],
    to: flow.times[1],
    seconds: secondsOf(spans),
    trades: trades.length,
    volume: volumeOf(trades),
    reference: prices.name,
    ...(buckets === undefined ? {} : { vpin: buckets }),
    markouts,
    ...(lambda === undefined ? {} : { lambda: { ...lambda, over: interval } }),
    ...(loss === undefined ? {} : { rebalancingLoss: loss }),
    ...(informed === undefined ? {} : { informed }),
    counterparties: counterpartiesOf(trades, prices, { ...measured, most: counterparties }),
  };
}

function checked(options: ToxicityOptions): Required<Omit<ToxicityOptions, "reference" | "bucketVolume">> {
  requireKnown("toxicityOf", options, OPTIONS);
  const { pool, window = BUCKETS, interval = 300, counterparties = 10, seed = 1, horizons = HORIZONS } = options;
  requireInRange("toxicityOf", "window", window, { min: 1, max: 10_000, kind: "integer" });
  requireInRange("toxicityOf", "interval", interval, { min: 1, max: SECONDS_PER_DAY });
  requireInRange("toxicityOf", "counterparties", counterparties, { min: 0, max: 1_000, kind: "integer" });
  requireInRange("toxicityOf", "seed", seed, { min: 0, max: 2_147_483_647, kind: "integer" });
  for (const horizon of horizons) requireInRange("toxicityOf", "horizons", horizon, { min: 1, max: SECONDS_PER_DAY });
  return { pool, window, interval, counterparties, seed, horizons };
}

function vpinOf(
  { trades }: PoolTrades,
  seconds: number,
  { bucketVolume, window }: { readonly bucketVolume: number | undefined; readonly window: number },
  random: ReturnType<typeof createRandom>,
): Toxicity["vpin"] {
  const sided = trades.map(({ side, base }) => ({ side, volume: base }));
  const all = sided.reduce((sum, { volume }) => sum + volume, 0);
  const size = bucketVolume ?? (all / BUCKETS) * Math.min(1, SECONDS_PER_DAY / seconds);
  const imbalances = imbalancesOf(sided, size);
  if (imbalances.length < 2) return undefined;
  const mean = (sample: readonly number[]): number =>
    sample.reduce((sum, value) => sum + value, 0) / sample.length / size;
  const windows = vpin(sided, { bucketVolume: size, window: Math.min(window, imbalances.length) });
  return {
    ...blockBootstrapped(imbalances, mean, random),
    bucketVolume: size,
    buckets: imbalances.length,
    highest: windows.reduce((most, value) => Math.max(most, value), 0),
  };
}

function counterpartiesOf(
  trades: readonly Trade[],
  prices: PriceSeries,
  measured: {
    readonly spans: readonly Span[];
    readonly horizons: readonly number[];
    readonly random: ReturnType<typeof createRandom>;
    readonly most: number;
  },
): readonly CounterpartyFlow[] {
  const all = volumeOf(trades);
  const largest = [...grouped(trades, ({ from }) => from)]
    .map(([from, theirs]) => ({ from, theirs, volume: volumeOf(theirs) }))
    .sort((one, other) => other.volume - one.volume || (one.from < other.from ? -1 : 1))
    .slice(0, measured.most);
  const tests = Math.max(1, largest.length * measured.horizons.length);
  const limit = standardNormalQuantile(1 - (1 - CONFIDENCE) / 2 / tests);
  return largest.map(({ from, theirs, volume }) => {
    const markouts = markoutsOf(theirs, prices, measured);
    const informed = theirs.length >= FEWEST && markouts.some(({ gain }) => gain.value > limit * gain.error);
    return { from, trades: theirs.length, volume, share: volume / all, markouts, informed };
  });
}

function volumeOf(trades: readonly Trade[]): number {
  return trades.reduce((sum, { quote }) => sum + quote, 0);
}
