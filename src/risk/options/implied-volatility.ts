import type { EuropeanOption } from "../../market/options/option.js";

import { SiegeError } from "../../errors.js";
import { blackPrice } from "../../market/options/black.js";
import { forwardOf, OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { requireInRange, requireKnown } from "../../options.js";

/** An option and what it costs. */
export interface PricedOption extends EuropeanOption {
  /** In the unit of the asset's price. */
  readonly price: number;
}

/** Standard deviations at expiry beyond this price an option at its bound, in doubles. */
const WIDEST = 76;

/** Halvings of an interval of doubles, at most. */
const HALVINGS = 200;

/**
 * The volatility at which Black-Scholes gives a price. The option is turned into the one that is out of the money, by put-call
 * parity, so that digits are not lost to its intrinsic value; the logarithm of the price is then solved for by Newton's method,
 * started where the price bends (Manaster and Koehler, *The calculation of implied variances from the Black-Scholes model*,
 * 1982) and kept within a bracket that shrinks.
 *
 * @returns annual volatility: 0.8 is 80 % a year
 * @throws SiegeError `NO_IMPLIED_VOLATILITY` for a price that no volatility gives: at or below the intrinsic value of the
 * forward, or at or above what the option can be worth at most; `INVALID_OPTION`
 * @example
 * ```ts
 * impliedVolatility({ type: "call", spot: 9_100, strike: 10_000, expiry: 36 / 365, price: 640 });
 * ```
 */
export function impliedVolatility(option: PricedOption): number {
  requireKnown("impliedVolatility", option, [...OPTION_KEYS, "price"]);
  const european = requireEuropean("impliedVolatility", option);
  requireInRange("impliedVolatility", "price", option.price, { min: 0, max: 1e13 });
  const { type, strike, expiry } = european;
  const { forward, discount } = forwardOf(european);
  const worth = option.price / discount;
  const intrinsic = blackPrice({ type, forward, strike, deviation: 0 });
  const [least, most] = [intrinsic, type === "call" ? forward : strike];
  const value = worth - intrinsic;
  // of a value that is lost in the rounding of the price, no digit is right
  if (value <= Number.EPSILON * 4 * intrinsic || worth >= most) {
    throw new SiegeError("NO_IMPLIED_VOLATILITY", {
      message: `No volatility gives this ${type} at ${strike} a price of ${option.price}.`,
      hint: `Its price must be above ${least * discount} and below ${most * discount}: compare the units of price, spot and strike.`,
    });
  }
  return deviationOf(value, forward, strike) / Math.sqrt(expiry);
}

/** The standard deviation at expiry that gives the option out of the money a mean payoff. */
export function deviationOf(payoff: number, forward: number, strike: number): number {
  const type = strike > forward ? "call" : "put";
  const target = Math.log(payoff);
  const excess = (deviation: number): number => Math.log(blackPrice({ type, forward, strike, deviation })) - target;
  let [low, high] = [0, WIDEST];
  let deviation = Math.max(0.01, Math.sqrt(2 * Math.abs(Math.log(forward / strike))));
  for (let step = 0; step < HALVINGS; step++) {
    const above = excess(deviation);
    if (above === 0) return deviation;
    if (above > 0) high = deviation;
    else low = deviation;
    const next = deviation - above / slope(forward, strike, deviation, payoff * Math.exp(above));
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - deviation) <= Number.EPSILON * deviation) return inside;
    deviation = inside;
  }
  return deviation;
}

/** Of the logarithm of a price, by the deviation. */
function slope(forward: number, strike: number, deviation: number, price: number): number {
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  return (forward * Math.exp((-d1 * d1) / 2)) / Math.sqrt(2 * Math.PI) / price;
}
