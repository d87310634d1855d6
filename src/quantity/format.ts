import type { Amount } from "./amount.js";

import { formatUnits } from "viem";

import { PPM } from "./ppm.js";

/** Amounts below this many whole units are shown in base units: `1 wei of WETH` says more than a row of zeros. */
const DUST_DIGITS = 9;

/** Any number with its unit, for a person: `812.4 WETH`, `$1,234.56`, `12.5 %`, `x 9.667`, `3 blocks`. */
export function format(amount: Amount): string {
  if (typeof amount.unit !== "string") {
    return formatAmount(amount.value, amount.unit.decimals, amount.unit.symbol);
  }
  const { value, unit } = amount;
  switch (unit) {
    case "USD":
      return formatUsd(Number(value));
    case "percent":
      return formatPercent(Number(value) / 100);
    case "ppm":
      return formatPercent(Number(value) / PPM);
    case "times":
      return `x ${formatFactor(Number(value))}`;
    case "blocks":
      return `${value.toLocaleString("en-US")} block${Number(value) === 1 ? "" : "s"}`;
    case "count":
      return value.toLocaleString("en-US");
  }
}

/**
 * A token amount in human-readable form: thousands separators, four significant digits or all integer digits.
 *
 * @param amount - base units
 * @param decimals - of the token
 * @example `formatAmount(812_437_000_000_000_000_000n, 18, "WETH")` is `812.4 WETH`
 */
export function formatAmount(amount: bigint, decimals: number, symbol: string): string {
  if (amount !== 0n && decimals > 0 && digitsOf(amount) <= decimals - DUST_DIGITS) {
    return `${amount.toLocaleString("en-US")} wei of ${symbol}`;
  }
  return `${formatNumber(Number(formatUnits(amount, decimals)))} ${symbol}`;
}

/** US dollars: `$1,234.56`. */
export function formatUsd(value: number): string {
  const sign = value < 0 ? "-" : "";
  return `${sign}$${Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A fraction as a percentage with one decimal: `formatPercent(0.125)` is `12.5 %`. */
export function formatPercent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** A factor without its sign: `9.667`. @param digits - significant digits */
export function formatFactor(value: number, digits = 4): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: digits, useGrouping: false });
}

/** Four significant digits, but never fewer than the integer digits. */
function formatNumber(value: number): string {
  const whole = Math.abs(value) < 1 ? 0 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return whole >= 4
    ? value.toLocaleString("en-US", { maximumFractionDigits: 1 })
    : value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

function digitsOf(amount: bigint): number {
  return (amount < 0n ? -amount : amount).toString().length;
}
