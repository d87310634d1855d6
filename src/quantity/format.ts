import type { Amount } from "./amount.js";

import { formatUnits } from "viem";

import { PPM } from "./ppm.js";

/** Amounts below this many whole units are shown in base units: `1 wei of WETH` says more than a row of zeros. */
const DUST_DIGITS = 9;

/** Of integers that are printed with all their digits. */
const MOST_DIGITS = 15;

/** US dollars. */
const CENT = 0.01;

/** Of decimal places: those of wei, and some; a fraction of a dollar in floating point has no more. */
const MOST_PLACES = 20;

/** Any number with its unit, for a person: `812.4 WETH`, `$1,234.56`, `12.5 %`, `x 9.667`, `3 blocks`, `7 days`. */
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
    case "seconds":
      return formatSpan(Number(value));
    case "count":
      return value.toLocaleString("en-US");
  }
}

/**
 * Two numbers of a comparison: as {@link format} prints them, or, if that is the same, down to the digit in which they differ. Equal
 * numbers, and those of different units, stay as they are.
 *
 * @example `formatApart(usd(1.001), usd(1.002))` is `["$1.001", "$1.002"]`
 */
export function formatApart(one: Amount, other: Amount): readonly [string, string] {
  const texts = [format(one), format(other)] as const;
  if (texts[0] !== texts[1] || one.value === other.value) return texts;
  let places = 1;
  while (places < MOST_PLACES && differenceOf(one, other) < 0.99 * 10 ** -places) places += 1;
  return [formatPlaces(one, places), formatPlaces(other, places)];
}

/** In the unit that is printed. */
function differenceOf(one: Amount, other: Amount): number {
  const { unit } = one;
  const difference =
    typeof one.value === "bigint" && typeof other.value === "bigint"
      ? Number(one.value - other.value)
      : Number(one.value) - Number(other.value);
  const per = typeof unit === "string" ? (unit === "ppm" ? PPM / 100 : 1) : 10 ** unit.decimals;
  return Math.abs(difference) / per;
}

/** Any number with its unit, with so many decimal places; amounts of tokens are cut, not rounded. */
function formatPlaces(amount: Amount, places: number): string {
  if (typeof amount.unit !== "string") {
    const { symbol, decimals } = amount.unit;
    const [whole = "0", fraction = ""] = formatUnits(amount.value, decimals).split(".");
    const digits = fraction.padEnd(decimals, "0").slice(0, places);
    return `${grouped(whole)}${digits === "" ? "" : `.${digits}`} ${symbol}`;
  }
  const { unit } = amount;
  const value = Number(amount.value);
  const shown = (number: number): string =>
    number.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  switch (unit) {
    case "USD":
      return `${value < 0 ? "-" : ""}$${shown(Math.abs(value))}`;
    case "percent":
      return `${shown(value)} %`;
    case "ppm":
      return `${shown((value / PPM) * 100)} %`;
    case "times":
      return `x ${shown(value)}`;
    case "blocks":
    case "seconds":
    case "count":
      return format(amount);
  }
}

/** Thousands separators, of any number of digits. */
function grouped(whole: string): string {
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
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

/**
 * A number of which nothing more is known: `12,000,000`; from 10^15 on, four significant digits and a power of ten that is
 * a multiple of three: `45 × 10^18`, as most tokens count.
 */
export function formatInteger(value: bigint): string {
  const digits = digitsOf(value);
  if (digits <= MOST_DIGITS) return value.toLocaleString("en-US");
  const power = digits - 1 - ((digits - 1) % 3);
  // a number beyond 2^53 keeps more than four digits
  return `${formatNumber(Number(value) / 10 ** power)} × 10^${power}`;
}

/** US dollars: `$1,234.56`. Less than a cent shows the digits that count: `$0.0042`. */
export function formatUsd(value: number): string {
  const sign = value < 0 ? "-" : "";
  if (value !== 0 && Math.abs(value) < CENT / 2) {
    return `${sign}$${Math.abs(value).toLocaleString("en-US", { maximumSignificantDigits: 2 })}`;
  }
  return `${sign}$${Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** The units of a span of time, seconds. */
const SPANS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A span of time in whole units, all that it has: `7 days`, `6 days 23 hours 59 minutes`. */
export function formatSpan(seconds: number): string {
  let left = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [unit, length] of SPANS) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) parts.push(`${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.length === 0 ? "0 seconds" : parts.join(" ");
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
