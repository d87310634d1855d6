import type { EuropeanOption } from "../../market/options/option.js";
import type { KouOptions } from "../../market/processes/kou.js";

import { kouLaw } from "../../market/laws/kou.js";
import { OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { kou } from "../../market/processes/kou.js";
import { requireInRange, requireKnown } from "../../options.js";

import { priceUnder } from "./transform-price.js";

/**
 * Price of a European option where the asset jumps by double-exponential amounts (Kou, *A jump-diffusion model for option
 * pricing*, 2002), by its characteristic function. Exact to about 1e-13 of the forward.
 *
 * @param model - as of `kou` in hardhat-siege/market, with a volatility of at least 0.001; the drift is that of the option's
 * `rate` and `dividendYield`
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const jumps = { volatility: 0.16, jumpsPerYear: 1, upward: 0.4, meanRise: 0.1, meanFall: 0.2 };
 * kouPrice({ type: "call", spot: 100, strike: 98, expiry: 0.5, rate: 0.05 }, jumps); // 9.14732
 * ```
 */
export function kouPrice(option: EuropeanOption, model: Omit<KouOptions, "drift">): number {
  requireKnown("kouPrice", option, OPTION_KEYS);
  const european = requireEuropean("kouPrice", option);
  // checks the model
  kou(model);
  requireInRange("kouPrice", "volatility", model.volatility, { min: 0.001, max: 20 });
  return priceUnder(kouLaw(model, european.expiry), european);
}
