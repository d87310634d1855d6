import { requireInRange } from "../../options.js";

/** What a mixture is tuned for. */
export interface Tuning {
  /** The error, above 0 and below 1. */
  readonly error: number;
  /** The variance process at which the bound is tightest, above 0. */
  readonly at: number;
}

/**
 * The parameter ρ of a normal mixture that makes it tightest at a variance (Howard, Ramdas, McAuliffe and Sekhon,
 * *Time-uniform, nonparametric, nonasymptotic confidence sequences*, Annals of Statistics 49, 2021, section 3.5; the
 * approximation of their package confseq).
 */
export function tunedRho({ error, at }: Tuning): number {
  const doubled = 2 * Math.log(1 / error);
  return at / (doubled + Math.log1p(doubled));
}

/**
 * How far a sum of centred sub-Gaussian variables ever gets from 0, in either direction, but for an error: at all times at
 * once (Howard et al. 2021, equation 14, two-sided normal mixture).
 *
 * @param variance - the variance process at the time that is looked at, at least 0
 * @throws SiegeError `INVALID_OPTION`
 */
export function normalMixtureBound(variance: number, tuning: Tuning): number {
  requireInRange("normalMixtureBound", "variance", variance, { min: 0, max: Number.MAX_VALUE });
  requireInRange("normalMixtureBound", "error", tuning.error, { min: Number.MIN_VALUE, max: 1 - Number.EPSILON });
  requireInRange("normalMixtureBound", "at", tuning.at, { min: Number.MIN_VALUE, max: Number.MAX_VALUE });
  const rho = tunedRho(tuning);
  return Math.sqrt((variance + rho) * (Math.log1p(variance / rho) + 2 * Math.log(1 / tuning.error)));
}
