import { cephes } from "./cephes.js";

/**
 * The exact interval for the mean of a Poisson count (Garwood, *Fiducial limits for the Poisson distribution*, 1936): it contains the mean
 * at least as often as it says.
 *
 * @param confidence - above 0 and below 1
 */
export function poissonInterval(count: number, confidence: number): readonly [lower: number, upper: number] {
  const tail = (1 - confidence) / 2;
  return [count === 0 ? 0 : cephes.igami(count, 1 - tail), cephes.igami(count + 1, tail)];
}
