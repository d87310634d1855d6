import type { Random } from "../../market/random.js";

import { directionNumbers } from "./direction-numbers.js";

/** Bits of a coordinate. */
const BITS = 32;

/** One in the units of a coordinate. */
const ONE = 2 ** BITS;

/**
 * Points of a Sobol sequence in the unit cube, in the order of the Gray code (Antonov and Saleev, 1979). A prefix whose length is a
 * power of two is balanced in every dimension.
 *
 * @param count - how many
 * @param dimensions - 1 to 40
 * @param options - `skip`: how many come before the first, default 0: the first is then the origin; `random`: scrambles them by
 * random lower triangular matrices and a digital shift, which keeps their balance and makes each of them uniform (J. Matoušek, *On
 * the L2-discrepancy for anchored boxes*, Journal of Complexity 14, 1998). Default: they are the plain ones
 */
export function sobolPoints(
  count: number,
  dimensions: number,
  { skip = 0, random }: { readonly skip?: number; readonly random?: Random } = {},
): readonly (readonly number[])[] {
  const directions = Array.from({ length: dimensions }, (_value, dimension) => {
    const plain = directionNumbers(dimension);
    return random === undefined ? plain : scrambled(plain, random);
  });
  const place = new Uint32Array(dimensions);
  if (random !== undefined) for (const dimension of place.keys()) place[dimension] = word(random);
  const points: number[][] = [];
  for (let index = 0; index < skip + count; index++) {
    if (index >= skip) points.push(Array.from(place, (digits) => digits / ONE));
    const bit = trailingOnes(index);
    for (const [dimension, numbers] of directions.entries()) {
      place[dimension] = (place[dimension] ?? 0) ^ (numbers[bit] ?? 0);
    }
  }
  return points;
}

/** The direction numbers times a random lower triangular matrix of bits with a diagonal of ones. */
function scrambled(directions: Uint32Array, random: Random): Uint32Array {
  const columns = Array.from({ length: BITS }, (_value, bit) => {
    const diagonal = 2 ** (BITS - 1 - bit);
    return diagonal + (word(random) % diagonal);
  });
  return directions.map((digits) =>
    columns.reduce((sum, column, bit) => (((digits >>> (BITS - 1 - bit)) & 1) === 1 ? sum ^ column : sum), 0),
  );
}

function word(random: Random): number {
  return Math.floor(random.next() * ONE);
}

/** The bit in which the Gray codes of a number and the next differ. */
function trailingOnes(index: number): number {
  let bit = 0;
  for (let left = index; left % 2 === 1; left = (left - 1) / 2) bit += 1;
  return bit;
}
