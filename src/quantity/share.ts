const MILLION = 1_000_000n;

/** A share of an amount. @param ppm - parts per million, 0 to 1,000,000 */
export function fraction(ppm: number, amount: bigint): bigint {
  return (amount * BigInt(ppm)) / MILLION;
}

/**
 * Picks an entry of a list, each with the same probability for a uniform operand.
 *
 * @param ppm - parts per million, 0 to 1,000,000
 * @returns `undefined` for an empty list
 */
export function choose<T>(ppm: number, list: readonly T[]): T | undefined {
  return list[Math.min(list.length - 1, Math.floor((ppm * list.length) / 1_000_000))];
}
