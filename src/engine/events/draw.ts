import type { Draw, Draws } from "../../scenario/draw.js";

import * as fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * Draws with fast-check, which only this file imports. It only generates: both of its shrinkers get stuck in local minima
 * when two amounts are coupled (the minimiser is in `minimise/`).
 *
 * Each of these is exactly one fast-check arbitrary, so that a seed keeps drawing the same values.
 */
export const draws: Draws = {
  constant: (value) => fc.constant(value),
  integer: (min, max) => fc.integer({ min, max }),
  flag: () => fc.boolean(),
  oneOf: (...values) => fc.constantFrom(...values),
  either: (...among) => fc.oneof(...among.map(arbitraryOf)),
  // the fields of a record are drawn in their order, each by its own draw
  record: <T extends object>(fields: { readonly [Name in keyof T]: Draw<T[Name]> }) =>
    fc.record(fields as unknown as Record<string, fc.Arbitrary<unknown>>) as unknown as Draw<T>,
  list: (item, { min = 0, max }) => fc.array(arbitraryOf(item), { minLength: min, maxLength: max, size: "max" }),
};

/** A seed: 31 bits. */
export function seeds(): Draw<number> {
  return fc.nat({ max: 0x7fffffff });
}

/** Several draws, one after the other. */
export function each<T>(among: readonly Draw<T>[]): Draw<readonly T[]> {
  return fc.tuple(...among.map(arbitraryOf));
}

/** A part of a list, in its order. @param min - the fewest items */
export function someOf<T>(items: readonly T[], { min }: { readonly min: number } = { min: 1 }): Draw<readonly T[]> {
  return fc.subarray([...items], { minLength: min });
}

/**
 * A draw, or nothing.
 *
 * @param of - it is nothing one time in this many
 */
export function maybe<T>(draw: Draw<T>, { of }: { readonly of: number }): Draw<T | undefined> {
  return fc.option(arbitraryOf(draw), { freq: of, nil: undefined });
}

/**
 * Draws values one after the other.
 *
 * @param seed - 32 bits; the same seed draws the same values
 */
export function sampled<T>(draw: Draw<T>, seed: number): () => T {
  const arbitrary = arbitraryOf(draw);
  const random = new fc.Random(xoroshiro128plus(seed));
  // without a bias towards short lists and small numbers: a run with hardly any events says hardly anything
  return () => arbitrary.generate(random, undefined).value;
}

/** The arbitrary behind a draw. */
export function arbitraryOf<T>(draw: Draw<T>): fc.Arbitrary<T> {
  // every draw is made in this file
  return draw as unknown as fc.Arbitrary<T>;
}
