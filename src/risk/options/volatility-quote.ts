import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

/** A point of a volatility surface: what an option of any type is quoted at. */
export interface VolatilityQuote {
  /** In the unit of `forward`, above 0, at most 1e12. */
  readonly strike: number;
  /** Price of the asset for delivery at expiry, or the spot price where interest and yield are 0. Above 0, at most 1e12. */
  readonly forward: number;
  /** Years: one second to 100 years. */
  readonly expiry: number;
  /** Implied volatility, annual: 0.8 is 80 %. From 0.001 to 20. */
  readonly volatility: number;
  /** How much it counts, against 1 of others. From 0.000001 to 1,000,000. Default 1. */
  readonly weight?: number;
}

/** Checked quotes. */
export type Quotes = readonly Required<VolatilityQuote>[];

/** Twice as many as Heston's model has parameters. */
const FEWEST = 10;

/** @throws SiegeError `INVALID_OPTION` with the quote that is wrong */
export function requireQuotes(caller: string, quotes: readonly VolatilityQuote[]): Quotes {
  if (!Array.isArray(quotes) || quotes.length < FEWEST) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${caller} is given ${shown(quotes)} in place of its quotes.`,
      hint: `Pass a list of at least ${FEWEST}, like { strike: 10_000, forward: 9_100, expiry: 36 / 365, volatility: 0.8 }.`,
    });
  }
  return quotes.map((quote: VolatilityQuote, index) => {
    const owner = `${caller}: quotes[${index}]`;
    requireKnown(owner, quote, ["strike", "forward", "expiry", "volatility", "weight"]);
    const { strike, forward, expiry, volatility, weight = 1 } = quote;
    requireInRange(owner, "strike", strike, { min: 1e-12, max: 1e12 });
    requireInRange(owner, "forward", forward, { min: 1e-12, max: 1e12 });
    requireInRange(owner, "expiry", expiry, { min: 1 / SECONDS_PER_YEAR, max: 100 });
    requireInRange(owner, "volatility", volatility, { min: 0.001, max: 20 });
    requireInRange(owner, "weight", weight, { min: 1e-6, max: 1e6 });
    return { strike, forward, expiry, volatility, weight };
  });
}
