import type { Random } from "../../market/random.js";

import { SiegeError } from "../../errors.js";
import { shown } from "../../options.js";

/** Noise that was drawn from another distribution than its own, so that what is rare happens. */
export interface TiltedNoise {
  readonly value: number;
  /**
   * The logarithm of the likelihood ratio: of its own density at the value to that which it was drawn from. Those of
   * independent draws add up.
   */
  readonly logRatio: number;
}

/**
 * A standard normal around another mean: log L = -m x + m²/2 (Glasserman, *Monte Carlo Methods in Financial Engineering*, 2003,
 * example 4.6.1).
 *
 * @param shift - the mean m that it is drawn with, -40 to 40
 * @throws SiegeError `INVALID_OPTION`
 */
export function shiftedNormal(random: Pick<Random, "normal">, shift: number): TiltedNoise {
  if (!(Math.abs(shift) <= 40)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `shiftedNormal: "shift" is ${shown(shift)}.`,
      hint: "It must be a number from -40 to 40: farther out, no double is left of the likelihood ratio.",
    });
  }
  const value = random.normal() + shift;
  return { value, logRatio: logRatioOfShift(value, shift, 1) };
}

/** Of `count` normals with a common shift, by their sum. */
export function logRatioOfShift(sum: number, shift: number, count: number): number {
  return -shift * sum + (count * shift ** 2) / 2;
}

/**
 * An exponential whose density is tilted by exp(θ x): again an exponential, of mean m / (1 - θ m), with
 * log L = -θ x - ln(1 - θ m) (Asmussen and Glynn, *Stochastic Simulation*, 2007, V.1b). With the tilt θ, claims become larger;
 * with a negative one, waiting times become shorter.
 *
 * @param law - its own `mean` m, above 0, and the `tilt` θ, below 1 / m
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * // ten times as many liquidations an hour
 * const { value: hours, logRatio } = tiltedExponential(random, { mean: 5, tilt: -9 / 5 });
 * ```
 */
export function tiltedExponential(
  random: Pick<Random, "next">,
  { mean, tilt }: { readonly mean: number; readonly tilt: number },
): TiltedNoise {
  if (!(mean > 0 && Number.isFinite(tilt) && tilt * mean < 1)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `tiltedExponential: the mean is ${shown(mean)} and the tilt ${shown(tilt)}.`,
      hint: "The mean must be above 0, and the tilt below one over it.",
    });
  }
  const rest = 1 - tilt * mean;
  // 1 - u keeps the logarithm away from zero
  const value = (-Math.log(1 - random.next()) * mean) / rest;
  return { value, logRatio: -tilt * value - Math.log(rest) };
}
