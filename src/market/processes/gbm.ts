import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";
import { PPM } from "../../quantity/ppm.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";

/** Options of {@link gbm}. */
export interface GbmOptions {
  /** Annual volatility of log returns: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** Annual drift of the price: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/**
 * Geometric Brownian motion, sampled exactly at block times: log returns are normal with mean (μ - σ²/2) Δt and variance
 * σ² Δt (Glasserman, *Monte Carlo Methods in Financial Engineering*, 3.21).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * assets: { ETH: { price: 2000, process: gbm({ volatility: 0.8 }) } }
 * ```
 */
export function gbm(options: GbmOptions): Process {
  const { volatility, drift = 0 } = options;
  requireKnown("gbm", options, ["volatility", "drift"]);
  requireInRange("gbm", "volatility", volatility, { min: 0, max: 20 });
  requireInRange("gbm", "drift", drift, { min: -20, max: 20 });
  return {
    kind: "gbm",
    independent: true,
    correlates: true,
    sample: ({ random, ...context }) =>
      intervalsOf(context).map((seconds) => {
        const dt = seconds / SECONDS_PER_YEAR;
        const mean = (drift - volatility ** 2 / 2) * dt;
        const deviation = volatility * Math.sqrt(dt);
        const change = Math.round(Math.expm1(mean + deviation * random.normal()) * PPM);
        return Math.max(1 - PPM, change);
      }),
  };
}
