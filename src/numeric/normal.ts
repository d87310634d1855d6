import { cephes } from "./cephes.js";

const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_OF_TWO_PI;
}

/** Beyond this, no double is left of a tail; the library returns NaN for some of what is far beyond. */
const FARTHEST = 38;

/** The probability that a standard normal is at most `x`, exact to 1e-15 of it down to 36 deviations below the mean. */
export function normalProbability(x: number): number {
  if (x < -FARTHEST) return 0;
  return x > FARTHEST ? 1 : cephes.ndtr(x);
}

/** The x that a standard normal does not exceed with this probability, above 0 and below 1. */
export function standardNormalQuantile(probability: number): number {
  return cephes.ndtri(probability);
}

/** Standard errors to either side of a 95 % interval. */
export const WIDE = 1.959964;
