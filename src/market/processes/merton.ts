import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";

import { jumpDiffusion } from "./jump-diffusion.js";

/** Options of {@link merton}. */
export interface MertonOptions {
  /** Annual volatility of log returns between jumps: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** Mean number of jumps a year, 0 to 1,000,000; 0 switches them off. */
  readonly jumpsPerYear: number;
  /** Mean log return of a jump: -0.1 is a fall of about 10 %. From -5 to 5. */
  readonly jumpMean: number;
  /** Standard deviation of the log return of a jump, 0 to 2. */
  readonly jumpDeviation: number;
  /** Annual drift of the price, jumps included: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/**
 * Jump diffusion: a geometric Brownian motion whose price also jumps, at Poisson times, by factors that are lognormal (Merton,
 * *Option pricing when underlying stock returns are discontinuous*, 1976). It is sampled exactly at block times. The drift is
 * reduced by λ k with k = exp(m + δ²/2) - 1, the mean relative jump, so that the mean price grows by `drift` whatever the
 * jumps.
 *
 * Jumps have a random stream of their own. Without them, the path is that of {@link gbm} with the same seed.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = merton({ volatility: 0.6, jumpsPerYear: 20, jumpMean: -0.1, jumpDeviation: 0.1 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function merton(options: MertonOptions): Process {
  requireKnown("merton", options, ["volatility", "jumpsPerYear", "jumpMean", "jumpDeviation", "drift"]);
  const { volatility, jumpsPerYear, jumpMean, jumpDeviation, drift = 0 } = options;
  requireInRange("merton", "volatility", volatility, { min: 0, max: 20 });
  requireInRange("merton", "jumpsPerYear", jumpsPerYear, { min: 0, max: 1_000_000 });
  requireInRange("merton", "jumpMean", jumpMean, { min: -5, max: 5 });
  requireInRange("merton", "jumpDeviation", jumpDeviation, { min: 0, max: 2 });
  requireInRange("merton", "drift", drift, { min: -20, max: 20 });
  return {
    kind: "merton",
    independent: true,
    correlates: true,
    sample: jumpDiffusion({
      volatility,
      drift,
      jumpsPerYear,
      meanJump: Math.expm1(jumpMean + jumpDeviation ** 2 / 2),
      size: (stream) => jumpMean + jumpDeviation * stream.normal(),
    }),
  };
}
