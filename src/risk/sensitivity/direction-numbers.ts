/** The most dimensions of a Sobol point. */
export const MOST_DIMENSIONS = 40;

/** Bits of a coordinate. */
const BITS = 32;

/**
 * Of dimensions 2 to 40: the degree of a primitive polynomial, its inner coefficients as bits, and the initial direction numbers.
 * Those of P. Bratley and B. L. Fox (*Algorithm 659: Implementing Sobol's quasirandom sequence generator*, ACM Trans. Math. Softw.
 * 14, 1988).
 */
const INITIAL: readonly (readonly [degree: number, coefficients: number, ...initial: number[]])[] = [
  [1, 0, 1],
  [2, 1, 1, 1],
  [3, 1, 1, 3, 7],
  [3, 2, 1, 1, 5],
  [4, 1, 1, 3, 1, 1],
  [4, 4, 1, 1, 3, 7],
  [5, 2, 1, 3, 3, 9, 9],
  [5, 13, 1, 3, 7, 13, 3],
  [5, 7, 1, 1, 5, 11, 27],
  [5, 14, 1, 3, 5, 1, 15],
  [5, 11, 1, 1, 7, 3, 29],
  [5, 4, 1, 3, 7, 7, 21],
  [6, 1, 1, 1, 1, 9, 23, 37],
  [6, 16, 1, 3, 3, 5, 19, 33],
  [6, 13, 1, 1, 3, 13, 11, 7],
  [6, 22, 1, 1, 7, 13, 25, 5],
  [6, 19, 1, 3, 5, 11, 7, 11],
  [6, 25, 1, 1, 1, 3, 13, 39],
  [7, 1, 1, 3, 1, 15, 17, 63, 13],
  [7, 32, 1, 1, 5, 5, 1, 27, 33],
  [7, 4, 1, 3, 3, 3, 25, 17, 115],
  [7, 8, 1, 1, 3, 15, 29, 15, 41],
  [7, 7, 1, 3, 1, 7, 3, 23, 79],
  [7, 56, 1, 3, 7, 9, 31, 29, 17],
  [7, 14, 1, 1, 5, 13, 11, 3, 29],
  [7, 28, 1, 3, 1, 9, 5, 21, 119],
  [7, 19, 1, 1, 3, 1, 23, 13, 75],
  [7, 50, 1, 3, 3, 11, 27, 31, 73],
  [7, 21, 1, 1, 7, 7, 19, 25, 105],
  [7, 42, 1, 3, 5, 5, 21, 9, 7],
  [7, 31, 1, 1, 1, 15, 5, 49, 59],
  [7, 62, 1, 1, 1, 1, 1, 33, 65],
  [7, 37, 1, 3, 5, 15, 17, 19, 21],
  [7, 41, 1, 1, 7, 11, 13, 29, 3],
  [7, 55, 1, 3, 7, 5, 7, 11, 113],
  [7, 59, 1, 1, 5, 3, 15, 19, 61],
  [8, 14, 1, 3, 1, 1, 9, 27, 89, 7],
  [8, 56, 1, 1, 3, 7, 31, 15, 45, 23],
  [8, 21, 1, 3, 3, 9, 9, 25, 107, 39],
];

/** The direction numbers of a dimension, counted from 0, as 32-bit fractions: the first is a half. */
export function directionNumbers(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  const row = INITIAL[dimension - 1];
  if (row === undefined) return directions.map((_zero, bit) => 2 ** (BITS - 1 - bit));
  const [degree, coefficients, ...initial] = row;
  for (let bit = 0; bit < BITS; bit++) {
    const given = initial[bit];
    if (given !== undefined) {
      directions[bit] = given * 2 ** (BITS - 1 - bit);
      continue;
    }
    const before = directions[bit - degree] ?? 0;
    let next = before ^ (before >>> degree);
    for (let back = 1; back < degree; back++) {
      if (((coefficients >>> (degree - 1 - back)) & 1) === 1) next ^= directions[bit - back] ?? 0;
    }
    directions[bit] = next;
  }
  return directions;
}
