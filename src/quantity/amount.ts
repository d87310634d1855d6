import { PPM } from "./ppm.js";

/** The token that an amount is counted in. Amounts are in base units. */
export interface TokenUnit {
  readonly symbol: string;
  readonly decimals: number;
}

/**
 * What a number counts: base units of a token; US dollars; percent; parts per million; a factor; blocks; seconds; or just how many.
 * Percent are percent (12.5 for an eighth), not fractions.
 */
export type Unit = TokenUnit | PlainUnit;

/** A unit that is known by its name alone. */
export type PlainUnit = (typeof PLAIN_UNITS)[number];

/** All of them. */
export const PLAIN_UNITS = ["USD", "percent", "ppm", "times", "blocks", "seconds", "count"] as const;

/** A number with its unit. Plain data: the same in results, in JSON and in reproductions. */
export type Amount = TokenAmount | { readonly value: bigint | number; readonly unit: PlainUnit };

/** An amount of a token, base units. */
export interface TokenAmount {
  readonly value: bigint;
  readonly unit: TokenUnit;
}

/** An amount of one plain unit: `PlainAmount<"USD">`. */
export interface PlainAmount<UnitT extends PlainUnit> {
  readonly value: number;
  readonly unit: UnitT;
}

/** An amount of a token. @param value - base units */
export function tokens(value: bigint, { symbol, decimals }: TokenUnit): TokenAmount {
  return { value, unit: { symbol, decimals } };
}

/** US dollars. */
export function usd(value: number): PlainAmount<"USD"> {
  return { value, unit: "USD" };
}

/** A share in percent. @param fraction - 0.125 for 12.5 % */
export function percent(fraction: number): PlainAmount<"percent"> {
  return { value: fraction * 100, unit: "percent" };
}

/** How many of something there are. */
export function count(value: number | bigint): Amount {
  return { value, unit: "count" };
}

/** A number of blocks. */
export function blocks(value: number): PlainAmount<"blocks"> {
  return { value, unit: "blocks" };
}

/** A span of time. */
export function seconds(value: number): PlainAmount<"seconds"> {
  return { value, unit: "seconds" };
}

/** A change of parts per million, in percent. */
export function percentOfPpm(change: number): PlainAmount<"percent"> {
  return { value: change / (PPM / 100), unit: "percent" };
}

/** A factor of parts per million. */
export function timesOfPpm(factor: number): PlainAmount<"times"> {
  return { value: factor / PPM, unit: "times" };
}

/** An amount in whole units: 1.5 for 1500000 base units of USDC. @param amount - base units */
export function wholeUnits(amount: bigint, decimals: number): number {
  return Number(amount) / 10 ** decimals;
}
