import type { PlainAmount } from "./amount.js";

import { percent, usd } from "./amount.js";

/** What an asset's price is: US dollars per whole unit, or an annual volatility (0.8 is 80 % a year), which nobody can own. */
export type Quote = (typeof QUOTES)[number];

/** All of them. */
export const QUOTES = ["USD", "volatility"] as const;

/** The unit in which reports show a price. */
export type QuotedUnit = "USD" | "percent";

/** A price as reports show it: `$2,000.00`, `80.0 %`. */
export function quoted(price: number, quote: Quote = "USD"): PlainAmount<QuotedUnit> {
  return quote === "USD" ? usd(price) : percent(price);
}
