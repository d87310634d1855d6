import type { EuropeanOption } from "./option.js";

import { normalDensity, normalProbability } from "../../numeric/normal.js";
import { requireInRange, requireKnown } from "../../options.js";

import { forwardOf, OPTION_KEYS, requireEuropean } from "./option.js";

/** An option and the volatility of its asset. */
export interface BlackScholesOption extends EuropeanOption {
  /** Annual volatility of log returns: 0.8 is 80 % a year. From 0.0001 to 20. */
  readonly volatility: number;
}

/** How an option's price responds. */
export interface Greeks {
  /** To the asset's price: dV/dS. */
  readonly delta: number;
  /** Of delta to the asset's price: d²V/dS², per unit of price. */
  readonly gamma: number;
  /** To the volatility, per 1.00: divide by 100 for a point. */
  readonly vega: number;
  /** To the passing of time, per year: divide by 365 for a day. */
  readonly theta: number;
  /** To the interest, per 1.00: divide by 100 for a point. */
  readonly rho: number;
}

/**
 * Price and Greeks of a European option on a geometric Brownian motion with a continuous yield (Black and Scholes 1973,
 * Merton 1973; the formulas are those of Haug, *The Complete Guide to Option Pricing Formulas*, 2007, chapters 1 and 2).
 *
 * @returns the price, in the unit of the asset's, and the Greeks, of an option on one unit of the asset
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const { price, delta } = blackScholes({ type: "put", spot: 2000, strike: 1800, expiry: 30 / 365, volatility: 0.8 });
 * ```
 */
export function blackScholes(option: BlackScholesOption): Greeks & { readonly price: number } {
  requireKnown("blackScholes", option, [...OPTION_KEYS, "volatility"]);
  const european = requireEuropean("blackScholes", option);
  const { volatility } = option;
  requireInRange("blackScholes", "volatility", volatility, { min: 0.0001, max: 20 });
  const { type, spot, strike, expiry, rate, dividendYield } = european;
  const { forward, discount } = forwardOf(european);
  const sign = type === "call" ? 1 : -1;
  const deviation = volatility * Math.sqrt(expiry);
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const asset = spot * Math.exp(-dividendYield * expiry) * normalProbability(sign * d1);
  const money = strike * discount * normalProbability(sign * d2);
  const density = Math.exp(-dividendYield * expiry) * normalDensity(d1);
  const vega = spot * density * Math.sqrt(expiry);
  return {
    price: Math.max(0, sign * (asset - money)),
    delta: (sign * asset) / spot,
    gamma: density / (spot * deviation),
    vega,
    theta: (-vega * volatility) / (2 * expiry) + sign * (dividendYield * asset - rate * money),
    rho: sign * expiry * money,
  };
}
