import type { Distance } from "../../numeric/kolmogorov.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Span } from "../trades.js";
import type { HawkesArrivals } from "./hawkes-arrivals.js";

import { createRandom } from "../../market/random.js";
import { distanceOf } from "../../numeric/kolmogorov.js";
import { poissonInterval } from "../../numeric/poisson.js";
import { CONFIDENCE } from "../flow-estimate.js";
import { secondsOf } from "../trades.js";

import { fitHawkesArrivals, rescaledWaits } from "./hawkes-arrivals.js";

/** When events come. Plain data. */
export interface Arrivals {
  readonly events: number;
  /** Seconds in which everything was read. */
  readonly seconds: number;
  /** Events a second as a Poisson process, with its exact interval (Garwood 1936). */
  readonly rate: FlowEstimate;
  /** Events that set off events; absent where the times do not determine it. */
  readonly hawkes?: HawkesArrivals;
  /** Which of the two explains the times better by Schwarz's criterion. */
  readonly better: "poisson" | "hawkes";
  /** The better one's distance from the times, rescaled: near 0 where it fits. */
  readonly fit: Distance;
  /** Quantiles of the rescaled waits beside those of the exponential distribution, for a figure: at most 200 of them. */
  readonly quantiles: readonly (readonly [expected: number, found: number])[];
}

/** Points of a figure at most. */
const POINTS = 200;

/**
 * When events come, as a Poisson and as a Hawkes process. Events of one block have one time: each is put at a random moment of the block, where
 * those of a Poisson process are.
 *
 * @param blocks - the moments of the events' blocks, seconds, ascending
 * @param blockTime - seconds between blocks
 * @param seed - of those moments
 */
export function arrivalsOf(
  blocks: readonly number[],
  spans: readonly Span[],
  { blockTime, seed }: { readonly blockTime: number; readonly seed: number },
): Arrivals {
  const seconds = secondsOf(spans);
  const times = spread(blocks, spans, blockTime, seed);
  const events = times.length;
  const [lower, upper] = poissonInterval(events, CONFIDENCE);
  const rate: FlowEstimate = {
    value: events / seconds,
    error: Math.sqrt(events) / seconds,
    interval: [lower / seconds, upper / seconds],
  };
  const hawkes = fitHawkesArrivals(times, spans);
  const poisson = events * Math.log(rate.value) - events;
  // two parameters more
  const better = hawkes !== undefined && hawkes.logLikelihood - Math.log(events) > poisson ? "hawkes" : "poisson";
  const waits = rescaledWaits(
    times,
    spans,
    better === "hawkes" && hawkes !== undefined
      ? { base: hawkes.base.value, excitation: hawkes.excitation.value, memory: hawkes.memory.value }
      : { base: rate.value, excitation: 0, memory: 1 },
  );
  return {
    events,
    seconds,
    rate,
    ...(hawkes === undefined ? {} : { hawkes }),
    better,
    fit: distanceOf(waits.map((wait) => -Math.expm1(-wait))),
    quantiles: quantilesOf(waits, (share) => -Math.log1p(-share)),
  };
}

/** Quantiles of a sample beside those of a distribution. */
export function quantilesOf(
  sample: readonly number[],
  quantile: (share: number) => number,
): readonly (readonly [number, number])[] {
  const sorted = sample.toSorted((one, other) => one - other);
  const points = Math.min(POINTS, sorted.length);
  return Array.from({ length: points }, (_nothing, point) => {
    const share = (point + 0.5) / points;
    return [quantile(share), sorted[Math.floor(share * sorted.length)] ?? 0];
  });
}

function spread(blocks: readonly number[], spans: readonly Span[], blockTime: number, seed: number): readonly number[] {
  const random = createRandom(seed);
  const times: number[] = [];
  for (const block of blocks) {
    const time = block - random.next() * blockTime;
    const span = spans.find(([from, to]) => block > from - blockTime && block <= to + blockTime);
    if (span === undefined) continue;
    times.push(Math.min(Math.max(time, span[0]), span[1]));
  }
  return times.sort((one, other) => one - other);
}
