import type { EuropeanOption } from "../../market/options/option.js";
import type { HestonOptions } from "../../market/processes/heston.js";

import { hestonLaw, meanVariance } from "../../market/laws/heston.js";
import { blackPrice } from "../../market/options/black.js";
import { forwardOf, OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { heston } from "../../market/processes/heston.js";
import { requireKnown } from "../../options.js";

import { priceUnder } from "./transform-price.js";

/**
 * Price of a European option where the variance is random (Heston, *A closed-form solution for options with stochastic
 * volatility*, 1993), by its characteristic function. Exact to about 1e-13 of the forward, where Feller's condition is violated,
 * too: unlike a simulation, it has no discretisation whose bias could matter there.
 *
 * @param model - as of `heston` in hardhat-siege/market; the drift is that of the option's `rate` and `dividendYield`
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const model = { volatility: 0.7, reversion: 5, volOfVol: 1.5, correlation: -0.5 };
 * hestonPrice({ type: "put", spot: 2000, strike: 1500, expiry: 30 / 365 }, model);
 * ```
 */
export function hestonPrice(option: EuropeanOption, model: Omit<HestonOptions, "drift">): number {
  requireKnown("hestonPrice", option, OPTION_KEYS);
  const european = requireEuropean("hestonPrice", option);
  // checks the model
  heston(model);
  const { type, strike, expiry } = european;
  const deviation = Math.sqrt(meanVariance(model, expiry) * expiry);
  if (model.volOfVol > 0 && deviation > 0) return priceUnder(hestonLaw(model, expiry), european);
  const { forward, discount } = forwardOf(european);
  return discount * blackPrice({ type, forward, strike, deviation });
}
