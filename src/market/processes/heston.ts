import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { changesOf } from "./log-returns.js";
import { streamsOf, withinBlocks } from "./streams.js";

/** Options of {@link heston}. */
export interface HestonOptions {
  /** Annual volatility at the start, the root of the variance v₀: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** Annual volatility that it reverts to, the root of the variance θ. From 0 to 20. Default: `volatility`. */
  readonly longRunVolatility?: number;
  /** Speed of the reversion κ, per year: the distance halves in ln 2 / κ years. From 0 to 1,000. */
  readonly reversion: number;
  /** Annual volatility of the variance (σ of the model), 0 to 100; 0 leaves a volatility that nothing disturbs. */
  readonly volOfVol: number;
  /** Correlation between returns and changes of the variance, -1 to 1; below 0, volatility rises when prices fall. Default 0. */
  readonly correlation?: number;
  /** Annual drift of the price: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/** Euler steps of a year at least: one a day. */
const STEPS_PER_YEAR = 365;

/** Euler steps in the time that the reversion takes, 1/κ, at least. */
const STEPS_PER_REVERSION = 10;

/**
 * Stochastic volatility: the variance of returns follows a square-root process of its own (Heston, *A closed-form solution for
 * options with stochastic volatility*, 1993), by the full truncation Euler scheme (Lord, Koekkoek and van Dijk, *A comparison
 * of biased simulation schemes for stochastic volatility models*, 2010). A block is one step, or as many as it takes for none
 * of any block to be longer than a day or a tenth of 1/κ. Where 2 κ θ < `volOfVol`² (Feller's condition is violated), the variance touches
 * zero; that is allowed, but the scheme's bias is larger there.
 *
 * The variance has a random stream of its own. With `volOfVol` 0, the path is that of {@link gbm} with the same seed, as long as
 * `volatility` is the long-run one (but for rounding, where a block is several steps).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = heston({ volatility: 0.7, reversion: 5, volOfVol: 1.5, correlation: -0.5 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function heston(options: HestonOptions): Process {
  requireKnown("heston", options, ["volatility", "longRunVolatility", "reversion", "volOfVol", "correlation", "drift"]);
  const { volatility, longRunVolatility = volatility, reversion, volOfVol, correlation = 0, drift = 0 } = options;
  requireInRange("heston", "volatility", volatility, { min: 0, max: 20 });
  requireInRange("heston", "longRunVolatility", longRunVolatility, { min: 0, max: 20 });
  requireInRange("heston", "reversion", reversion, { min: 0, max: 1_000 });
  requireInRange("heston", "volOfVol", volOfVol, { min: 0, max: 100 });
  requireInRange("heston", "correlation", correlation, { min: -1, max: 1 });
  requireInRange("heston", "drift", drift, { min: -20, max: 20 });
  const longRun = longRunVolatility ** 2;
  const independent = Math.sqrt(1 - correlation ** 2);
  return {
    kind: "heston",
    correlates: true,
    sample: ({ random, ...context }) => {
      const { blocks } = context;
      const intervals = intervalsOf(context);
      const longest = intervals.reduce((most, seconds) => Math.max(most, seconds), 0) / SECONDS_PER_YEAR;
      // less a billionth, so that a day is one step
      const steps = Math.max(1, Math.ceil(longest * Math.max(STEPS_PER_YEAR, STEPS_PER_REVERSION * reversion) - 1e-9));
      const streams = streamsOf(random, blocks);
      const noise = streams.of("variance");
      const normals = withinBlocks(streams, steps);
      const returns = Array.from({ length: blocks }, () => 0);
      let variance = volatility ** 2;
      for (const [step, normal] of normals.entries()) {
        const positive = Math.max(0, variance);
        const block = Math.floor(step / steps);
        const dt = (intervals[block] ?? 0) / SECONDS_PER_YEAR / steps;
        returns[block] = (returns[block] ?? 0) + (drift - positive / 2) * dt + Math.sqrt(positive * dt) * normal;
        variance +=
          reversion * (longRun - positive) * dt +
          volOfVol * Math.sqrt(positive * dt) * (correlation * normal + independent * noise.normal());
      }
      return changesOf(returns);
    },
  };
}
