import type { EuropeanOption } from "./option.js";

import { normalProbability } from "../../numeric/normal.js";

/** An option on a lognormal price. */
interface BlackOption {
  readonly type: EuropeanOption["type"];
  /** Mean of the price at expiry. */
  readonly forward: number;
  readonly strike: number;
  /** Standard deviation of the price's logarithm at expiry, at least 0. */
  readonly deviation: number;
}

/** The mean payoff (Black, *The pricing of commodity contracts*, 1976, without the discount). */
export function blackPrice({ type, forward, strike, deviation }: BlackOption): number {
  const sign = type === "call" ? 1 : -1;
  // of what is too small for a double, nothing is left of either
  if (deviation === 0 || forward === 0 || strike === 0) return Math.max(0, sign * (forward - strike));
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  return Math.max(0, sign * (forward * normalProbability(sign * d1) - strike * normalProbability(sign * d2)));
}
