import { cephes } from "./cephes.js";

const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_OF_TWO_PI;
}

/** The probability that a standard normal is at most `x`, exact to 1e-15 of it down to 36 deviations below the mean. */
export function normalProbability(x: number): number {
  return cephes.ndtr(x);
}
