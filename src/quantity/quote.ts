import type { PlainAmount } from "./amount.js";

import { percent, usd } from "./amount.js";

/**
 * What an asset's price is: US dollars per whole unit; an annual volatility (0.8 is 80 % a year); or a level, as a multiple of
 * whatever it is a level of. Nobody can own a volatility or a level.
 */
export type Quote = (typeof QUOTES)[number];

/** All of them. */
export const QUOTES = ["USD", "volatility", "level"] as const;

/** A number that is no price, and nobody's wealth. */
export type NumberQuote = Exclude<Quote, "USD">;

/** The unit in which reports show a price. */
export type QuotedUnit = (typeof QUOTED_UNITS)[number];

/** All of them. */
export const QUOTED_UNITS = ["USD", "percent", "times"] as const;

/** A price as reports show it: `$2,000.00`, `80.0 %`, `x 0.5`. */
export function quoted(price: number, quote: Quote = "USD"): PlainAmount<QuotedUnit> {
  switch (quote) {
    case "USD":
      return usd(price);
    case "volatility":
      return percent(price);
    case "level":
      return { value: price, unit: "times" };
  }
}

/** What a quote is called before the asset's name: `price of ETH`, `volatility of ETH_IV`. */
export function wordOf(quote: Quote = "USD"): "price" | NumberQuote {
  return quote === "USD" ? "price" : quote;
}

/** The quote of an asset that is only a number. */
export function numberQuote(quote: Quote | undefined): { readonly quote?: NumberQuote } {
  return quote === undefined || quote === "USD" ? {} : { quote };
}
