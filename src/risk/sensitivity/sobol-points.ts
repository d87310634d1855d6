import type { Random } from "../../market/random.js";

import { directionNumbers } from "./direction-numbers.js";

/** One in the units of a coordinate. */
const ONE = 2 ** 32;

/**
 * Points of a Sobol sequence in the unit cube, in the order of the Gray code (Antonov and Saleev, 1979). A prefix whose length is a
 * power of two is balanced in every dimension.
 *
 * @param count - how many
 * @param dimensions - 1 to 40
 * @param options - `skip`: how many come before the first, default 0: the first is then the origin; `random`: moves all points by
 * one random digital shift, which keeps their balance and makes each of them uniform. Default: they stay where they are
 */
export function sobolPoints(
  count: number,
  dimensions: number,
  { skip = 0, random }: { readonly skip?: number; readonly random?: Random } = {},
): readonly (readonly number[])[] {
  const directions = Array.from({ length: dimensions }, (_value, dimension) => directionNumbers(dimension));
  const shift = directions.map(() => (random === undefined ? 0 : Math.floor(random.next() * ONE)));
  const place = new Uint32Array(dimensions);
  const points: number[][] = [];
  for (let index = 0; index < skip + count; index++) {
    if (index >= skip)
      points.push([...place].map((digits, dimension) => ((digits ^ (shift[dimension] ?? 0)) >>> 0) / ONE));
    const bit = trailingOnes(index);
    for (const [dimension, numbers] of directions.entries()) {
      place[dimension] = (place[dimension] ?? 0) ^ (numbers[bit] ?? 0);
    }
  }
  return points;
}

/** The bit in which the Gray codes of a number and the next differ. */
function trailingOnes(index: number): number {
  let bit = 0;
  for (let left = index; left % 2 === 1; left = (left - 1) / 2) bit += 1;
  return bit;
}
