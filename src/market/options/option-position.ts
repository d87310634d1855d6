import type { View } from "../../view/view.js";

import { requireInRange, requireKnown, requireOneOf, requireText } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { blackScholes } from "./black-scholes.js";

/** European options that somebody has bought or sold, settled in dollars at the fair price when they expire. */
export interface OptionPosition {
  readonly type: "call" | "put";
  /** The scenario's asset that they are on. */
  readonly asset: string;
  /** US dollars per whole unit of the asset. Above 0, at most 1e12. */
  readonly strike: number;
  /** When they expire, seconds from the start of a run: 1 to 31,536,000, a year. */
  readonly expiresIn: number;
  /** How many, each on one whole unit of the asset: below 0 if they were sold. From -1e12 to 1e12, not 0. */
  readonly amount: number;
  /**
   * At which volatility they are valued: an annual volatility (0.8 is 80 %, from 0.0001 to 20), or the name of the scenario's
   * volatility, an asset with `quote: "volatility"`.
   */
  readonly volatility: number | string;
}

/** What a position is worth, and how that responds to the price. */
export interface OptionMark {
  /** US dollars; below 0 if they were sold. */
  readonly value: number;
  /** Whole units of the asset. */
  readonly delta: number;
  /** Whether they have expired: what they are worth then is what they pay. */
  readonly isExpired: boolean;
}

const VOLATILITIES = { min: 0.0001, max: 20 } as const;
const LARGEST = 1e12;

/** @throws SiegeError `INVALID_OPTION` */
export function requireOptionPosition(owner: string, option: OptionPosition): void {
  const name = `${owner}: option`;
  requireKnown(name, option, ["type", "asset", "strike", "expiresIn", "amount", "volatility"]);
  const { type, asset, strike, expiresIn, amount, volatility } = option;
  requireOneOf(name, "type", type, ["call", "put"] as const);
  requireText(name, "asset", asset);
  requireInRange(name, "strike", strike, { min: 1 / LARGEST, max: LARGEST });
  requireInRange(name, "expiresIn", expiresIn, { min: 1, max: SECONDS_PER_YEAR, kind: "integer" });
  requireInRange(name, "amount", Math.abs(amount), { min: 1 / LARGEST, max: LARGEST });
  if (typeof volatility === "string") requireText(name, "volatility", volatility);
  else requireInRange(name, "volatility", volatility, VOLATILITIES);
}

/**
 * Marks a position at the fair price by Black and Scholes' formula, without interest; at its payoff once it has expired, when its delta
 * is 0.
 *
 * @param view - the moment
 * @param start - the start of the run
 * @throws SiegeError `UNKNOWN_ASSET`
 */
export function optionMark(option: OptionPosition, view: View, start: View): OptionMark {
  const { type, asset, strike, expiresIn, amount } = option;
  const spot = view.price(asset);
  const left = expiresIn - (view.timestamp - start.timestamp);
  if (left < 1) {
    const payoff = Math.max(0, type === "call" ? spot - strike : strike - spot);
    return { value: amount * payoff, delta: 0, isExpired: true };
  }
  const asked = typeof option.volatility === "string" ? view.price(option.volatility) : option.volatility;
  // a market may take an implied volatility anywhere
  const volatility = Math.min(VOLATILITIES.max, Math.max(VOLATILITIES.min, asked));
  const { price, delta } = blackScholes({ type, spot, strike, expiry: left / SECONDS_PER_YEAR, volatility });
  return { value: amount * price, delta: amount * delta, isExpired: false };
}
