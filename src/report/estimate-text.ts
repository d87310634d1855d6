import type { Amount, Unit } from "../quantity/amount.js";
import type { Estimate } from "../risk/intervals/interval.js";

import { format } from "../quantity/format.js";

/** A number with its interval: `$9.54 ($8.97 to $10.11)`. */
export function estimateText({ value, interval: { lower, upper } }: Estimate, text: (value: number) => string): string {
  const open = lower === undefined ? (upper === undefined ? "unbounded" : `up to ${text(upper)}`) : undefined;
  const from =
    open ?? (upper === undefined ? `${text(lower ?? value)} or more` : `${text(lower ?? value)} to ${text(upper)}`);
  return `${text(value)} (${from})`;
}

/** @param value - whole units */
export function amountText(value: number, unit: Unit): string {
  const amount: Amount =
    typeof unit === "string" ? { value, unit } : { value: BigInt(Math.round(value * 10 ** unit.decimals)), unit };
  return format(amount);
}
