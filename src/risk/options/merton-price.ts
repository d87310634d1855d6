import type { EuropeanOption } from "../../market/options/option.js";
import type { MertonOptions } from "../../market/processes/merton.js";

import { SiegeError } from "../../errors.js";
import { blackPrice } from "../../market/options/black.js";
import { forwardOf, OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { merton } from "../../market/processes/merton.js";
import { requireKnown } from "../../options.js";

/** The series ends once what is left of it is less than this part of the largest possible price. */
const NEGLIGIBLE = 1e-16;

/** Jumps due before expiry at most: a tenth of a second. */
const MOST_JUMPS = 1_000_000;

/**
 * Price of a European option where the asset jumps (Merton, *Option pricing when underlying stock returns are discontinuous*,
 * 1976): the mean of Black's prices over the Poisson number of jumps, summed until the rest is below 1e-16 of the forward or
 * strike. A sum that stops early is too small: with ten jumps a year, at the eleventh term already in the second digit.
 *
 * @param model - as of `merton` in hardhat-siege/market; the drift is that of the option's `rate` and `dividendYield`
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const jumps = { volatility: 0.6, jumpsPerYear: 20, jumpMean: -0.1, jumpDeviation: 0.1 };
 * mertonPrice({ type: "put", spot: 2000, strike: 1500, expiry: 30 / 365 }, jumps);
 * ```
 */
export function mertonPrice(option: EuropeanOption, model: Omit<MertonOptions, "drift">): number {
  requireKnown("mertonPrice", option, OPTION_KEYS);
  const european = requireEuropean("mertonPrice", option);
  // checks the model
  merton(model);
  const { type, strike, expiry } = european;
  const { forward, discount } = forwardOf(european);
  const { volatility, jumpsPerYear, jumpMean, jumpDeviation } = model;
  const logJump = jumpMean + jumpDeviation ** 2 / 2;
  // a jump's mean factor changes the measure: under the new one, jumps are λ(1 + k) T on average
  const mean = jumpsPerYear * expiry;
  const weighted = mean * Math.exp(logJump);
  const shift = -mean * Math.expm1(logJump);
  if (Math.max(mean, weighted) > MOST_JUMPS) {
    throw new SiegeError("INVALID_OPTION", {
      message: `mertonPrice: ${mean} jumps are due before expiry, too many to sum over.`,
      hint: "So many are a diffusion: use blackScholes with the volatility √(σ² + λ (m² + δ²)).",
    });
  }
  let price = 0;
  // ln(mean^n e^-mean / n!), so that neither a power nor a factorial overflows
  let logWeight = -mean;
  for (let jumps = 0; ; jumps++) {
    const deviation = Math.sqrt(volatility ** 2 * expiry + jumps * jumpDeviation ** 2);
    // a price is proportional to its forward and strike together: weighted, they overflow no more than the sum does
    const shifted = forward * Math.exp(logWeight + shift + jumps * logJump);
    const weighed = strike * Math.exp(logWeight);
    price += blackPrice({ type, forward: shifted, strike: weighed, deviation });
    const rest = Math.max(shifted, weighed);
    if (jumps > Math.max(mean, weighted) && rest < NEGLIGIBLE * Math.max(forward, strike)) return discount * price;
    logWeight += Math.log(mean / (jumps + 1));
  }
}
