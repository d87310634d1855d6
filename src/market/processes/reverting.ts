import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { changesAlong } from "./log-returns.js";

/** Options of {@link reverting}. */
export interface RevertingOptions {
  /** Annual volatility of the level's logarithm: 1 is 100 % a year. From 0 to 100. */
  readonly volatility: number;
  /** Speed of the reversion κ, per year: the distance in logarithms halves in ln 2 / κ years. Above 0, up to 100,000. */
  readonly reversion: number;
  /** The median that it reverts to, as a multiple of its start, 0.000001 to 1,000,000. Default 1. */
  readonly longRun?: number;
}

/**
 * A level that wanders and comes back: its logarithm is an Ornstein-Uhlenbeck process, dx = κ (ln `longRun` - x) dt + σ dW (Schwartz,
 * *The Stochastic Behavior of Commodity Prices*, 1997, model 1), sampled exactly at block times. For implied volatilities, the
 * demand for block space or the depth of a pool, which have a level that they return to, as prices have not. In the long run, the
 * logarithm has the variance σ² / 2 κ.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * assets: { ETH_IV: { price: 0.8, quote: "volatility", process: reverting({ volatility: 1.2, reversion: 12 }) } }
 * ```
 */
export function reverting(options: RevertingOptions): Process {
  requireKnown("reverting", options, ["volatility", "reversion", "longRun"]);
  const { volatility, reversion, longRun = 1 } = options;
  requireInRange("reverting", "volatility", volatility, { min: 0, max: 100 });
  requireInRange("reverting", "reversion", reversion, { min: 1e-6, max: 100_000 });
  requireInRange("reverting", "longRun", longRun, { min: 1e-6, max: 1e6 });
  return {
    kind: "reverting",
    correlates: true,
    sample: ({ random, ...context }) => {
      let distance = -Math.log(longRun);
      const levels = intervalsOf(context).map((seconds) => {
        const dt = seconds / SECONDS_PER_YEAR;
        const kept = Math.exp(-reversion * dt);
        const deviation = volatility * Math.sqrt(-Math.expm1(-2 * reversion * dt) / (2 * reversion));
        distance = kept * distance + deviation * random.normal();
        return distance + Math.log(longRun);
      });
      return changesAlong(levels);
    },
  };
}
