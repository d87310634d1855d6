/** A token that amounts are counted in, base units. */
export interface TokenUnit {
  readonly symbol: string;
  readonly decimals: number;
}

/**
 * What a number counts: base units of a token; US dollars; percent; parts per million; blocks; or just how many.
 * Percent are percent (12.5 for an eighth), not fractions.
 */
export type Unit = TokenUnit | PlainUnit;

/** A unit that is known by its name alone. */
export type PlainUnit = (typeof PLAIN_UNITS)[number];

/** All of them. */
export const PLAIN_UNITS = ["USD", "percent", "ppm", "blocks", "count"] as const;

/** A number with its unit. Plain data: the same in results, in JSON and in reproductions. */
export type Amount =
  { readonly value: bigint; readonly unit: TokenUnit } | { readonly value: bigint | number; readonly unit: PlainUnit };

/** US dollars. */
export interface UsdAmount {
  readonly value: number;
  readonly unit: "USD";
}

/** @param value - base units */
export function tokens(value: bigint, { symbol, decimals }: TokenUnit): Amount {
  return { value, unit: { symbol, decimals } };
}

/** US dollars. */
export function usd(value: number): UsdAmount {
  return { value, unit: "USD" };
}

/** @param fraction - 0.125 for 12.5 % */
export function percent(fraction: number): Amount {
  return { value: fraction * 100, unit: "percent" };
}

/** How many of something there are. */
export function count(value: number | bigint): Amount {
  return { value, unit: "count" };
}

/** An amount in whole units: 1.5 for 1500000 base units of USDC. @param amount - base units */
export function wholeUnits(amount: bigint, decimals: number): number {
  return Number(amount) / 10 ** decimals;
}
