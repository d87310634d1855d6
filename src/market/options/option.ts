import { requireInRange, requireOneOf } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

const TYPES = ["call", "put"] as const;

/** A European option on an asset. Prices are in any one unit, and the option's price is in the same. */
export interface EuropeanOption {
  readonly type: (typeof TYPES)[number];
  /** Price of the asset now, above 0, at most 1e12. */
  readonly spot: number;
  /** Above 0, at most 1e12. */
  readonly strike: number;
  /** Time to expiry, years of 365 days: one second to 100 years. */
  readonly expiry: number;
  /** Riskless interest, a year, continuously compounded: 0.05 is 5 %. From -1 to 10. Default 0. */
  readonly rate?: number;
  /** What holding the asset earns (staking, dividends), a year, continuously compounded. From -1 to 10. Default 0. */
  readonly dividendYield?: number;
}

/** The names of a {@link EuropeanOption}'s properties. */
export const OPTION_KEYS: readonly (keyof EuropeanOption)[] = [
  "type",
  "spot",
  "strike",
  "expiry",
  "rate",
  "dividendYield",
];

/** The highest price and strike. */
const LARGEST = 1e12;

/** Checks an option and fills in the defaults. @throws SiegeError `INVALID_OPTION` */
export function requireEuropean(owner: string, option: EuropeanOption): Required<EuropeanOption> {
  const { type, spot, strike, expiry, rate = 0, dividendYield = 0 } = option;
  requireOneOf(owner, "type", type, TYPES);
  requireInRange(owner, "spot", spot, { min: 1 / LARGEST, max: LARGEST });
  requireInRange(owner, "strike", strike, { min: 1 / LARGEST, max: LARGEST });
  requireInRange(owner, "expiry", expiry, { min: 1 / SECONDS_PER_YEAR, max: 100 });
  requireInRange(owner, "rate", rate, { min: -1, max: 10 });
  requireInRange(owner, "dividendYield", dividendYield, { min: -1, max: 10 });
  return { type, spot, strike, expiry, rate, dividendYield };
}

/** What an option is worth in terms of its forward. */
export interface Forward {
  /** Price of the asset for delivery at expiry. */
  readonly forward: number;
  /** Value now of one unit of money at expiry. */
  readonly discount: number;
}

export function forwardOf({ spot, expiry, rate, dividendYield }: Required<EuropeanOption>): Forward {
  return { forward: spot * Math.exp((rate - dividendYield) * expiry), discount: Math.exp(-rate * expiry) };
}
