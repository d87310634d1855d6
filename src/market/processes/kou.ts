import type { Process } from "./process.js";

import { requireInRange, requireKnown } from "../../options.js";

import { jumpDiffusion } from "./jump-diffusion.js";
import { exponential } from "./jumps.js";

/** Options of {@link kou}. */
export interface KouOptions {
  /** Annual volatility of log returns between jumps: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** Mean number of jumps a year, 0 to 1,000,000; 0 switches them off. */
  readonly jumpsPerYear: number;
  /** Probability that a jump is a rise, 0 to 1. */
  readonly upward: number;
  /** Mean log return of a rise, 1/η₁: 0.05 is about 5 %. From 0 to 0.95: the mean price is infinite from 1. */
  readonly meanRise: number;
  /** Mean log return of a fall, without its sign, 1/η₂: 0.1 is about 10 %. From 0 to 5. */
  readonly meanFall: number;
  /** Annual drift of the price, jumps included: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/**
 * Jump diffusion with double-exponential jumps: rises and falls have means of their own and heavier tails than those of
 * {@link merton} (Kou, *A jump-diffusion model for option pricing*, 2002). It is sampled exactly at block times. The drift is
 * reduced by λ k with k = p η₁/(η₁ - 1) + (1 - p) η₂/(η₂ + 1) - 1, so that the mean price grows by `drift` whatever the jumps.
 *
 * Jumps have a random stream of their own. Without them, the path is that of {@link gbm} with the same seed.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = kou({ volatility: 0.6, jumpsPerYear: 50, upward: 0.4, meanRise: 0.03, meanFall: 0.06 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function kou(options: KouOptions): Process {
  requireKnown("kou", options, ["volatility", "jumpsPerYear", "upward", "meanRise", "meanFall", "drift"]);
  const { volatility, jumpsPerYear, upward, meanRise, meanFall, drift = 0 } = options;
  requireInRange("kou", "volatility", volatility, { min: 0, max: 20 });
  requireInRange("kou", "jumpsPerYear", jumpsPerYear, { min: 0, max: 1_000_000 });
  requireInRange("kou", "upward", upward, { min: 0, max: 1 });
  requireInRange("kou", "meanRise", meanRise, { min: 0, max: 0.95 });
  requireInRange("kou", "meanFall", meanFall, { min: 0, max: 5 });
  requireInRange("kou", "drift", drift, { min: -20, max: 20 });
  return {
    kind: "kou",
    independent: true,
    correlates: true,
    sample: jumpDiffusion({
      volatility,
      drift,
      jumpsPerYear,
      meanJump: upward / (1 - meanRise) + (1 - upward) / (1 + meanFall) - 1,
      size: (stream) => (stream.next() < upward ? meanRise : -meanFall) * exponential(stream),
    }),
  };
}
