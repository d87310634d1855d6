import type { Random } from "../../market/random.js";
import type { FlowEstimate } from "../flow-estimate.js";

import { CONFIDENCE } from "../flow-estimate.js";

/** How often a sample is drawn again. */
const RESAMPLES = 500;

/** The most draws of one interval; a larger sample is drawn again less often, but at least {@link FEWEST} times. */
const MOST_DRAWS = 5_000_000;

const FEWEST = 100;

/**
 * A number of a series with its percentile interval, by the stationary bootstrap: blocks of random lengths, n^(1/3) on average, so that what
 * follows each other stays together (Politis and Romano, *The stationary bootstrap*, 1994). Too narrow for fewer than about 50 values.
 *
 * @param statistic - of a sample; samples of which it is not finite do not count
 */
export function blockBootstrapped<T>(
  series: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: Random,
): FlowEstimate {
  const size = series.length;
  const ends = 1 / Math.max(1, Math.cbrt(size));
  const rounds = Math.max(FEWEST, Math.min(RESAMPLES, Math.floor(MOST_DRAWS / Math.max(1, size))));
  const found: number[] = [];
  for (let round = 0; round < rounds && size > 0; round++) {
    let place = 0;
    const sample = series.map((_value, index) => {
      place = index === 0 || random.next() < ends ? random.integer(0, size - 1) : (place + 1) % size;
      return series[place] as T;
    });
    const value = statistic(sample);
    if (Number.isFinite(value)) found.push(value);
  }
  found.sort((one, other) => one - other);
  const at = (level: number): number => found[Math.round(level * (found.length - 1))] ?? Number.NaN;
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const tail = (1 - CONFIDENCE) / 2;
  return {
    value: statistic(series),
    error: Math.sqrt(squares / Math.max(1, found.length - 1)),
    interval: [at(tail), at(1 - tail)],
  };
}
