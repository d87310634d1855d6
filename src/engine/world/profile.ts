import type { LensAnswer } from "../chain/lens.js";

/** Words of one result that count: later ones are the tail of a list. */
const MAX_WORDS = 12;

/** Hex digits of a word. */
export const DIGITS = 64;

/** The number of hex digits of each word that was read; 0 for missing words. */
export type Profile = readonly number[];

/** The profile of what was read. */
export function profileOf({ calls, simulations }: LensAnswer): Profile {
  const digits: number[] = [];
  for (const group of [calls, ...simulations]) {
    for (const { success, data } of group) {
      const words = success ? Math.floor((data.length - 2) / DIGITS) : 0;
      for (let word = 0; word < MAX_WORDS; word++) {
        digits.push(word < words ? digitsOf(data, 2 + word * DIGITS) : 0);
      }
    }
  }
  return digits;
}

/** The number of digits of a word without leading zeros. */
function digitsOf(data: string, from: number): number {
  let zeros = 0;
  while (zeros < DIGITS && data.charCodeAt(from + zeros) === ZERO) zeros += 1;
  return DIGITS - zeros;
}

const ZERO = "0".charCodeAt(0);
