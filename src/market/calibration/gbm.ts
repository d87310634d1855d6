import type { GbmOptions } from "../processes/gbm.js";
import type { Fit, Sample } from "./fit.js";

import { WIDE } from "../../numeric/normal.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

/**
 * Maximum likelihood of a geometric Brownian motion, in closed form (Campbell, Lo and MacKinlay, *The Econometrics of Financial
 * Markets*, 1997, 9.3.2): the mean m and the variance s² of n log returns over Δt give σ² = s²/Δt and μ = m/Δt + σ²/2, with
 * standard errors σ/√(2n) and √(σ²/T + σ⁴/(2n)).
 */
export function fitGbm({ returns, spacing, drift }: Sample): Fit<keyof GbmOptions> {
  const dt = spacing / SECONDS_PER_YEAR;
  const count = returns.length;
  const mean = returns.reduce((sum, value) => sum + value, 0) / count;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const variance = drift === undefined ? squares / dt : varianceGiven(drift, (squares + mean ** 2) / dt, mean / dt, dt);
  const volatility = Math.sqrt(variance);
  const growth = drift === undefined ? mean / dt : drift - variance / 2;
  const distances = squares + (mean - growth * dt) ** 2;
  // with a given drift, the variance moves the mean, too, which adds to what the returns say of it
  const information = drift === undefined ? (2 * count) / variance : (2 * count) / variance + count * dt;
  const errors = {
    volatility: 1 / Math.sqrt(information),
    drift: drift === undefined ? Math.sqrt(variance / (count * dt) + variance ** 2 / (2 * count)) : 0,
  };
  const value = drift ?? growth + variance / 2;
  const factor = Math.exp((WIDE * errors.volatility) / volatility);
  return {
    parameters: { volatility, drift: value },
    errors,
    intervals: {
      volatility: [volatility / factor, volatility * factor],
      drift: [value - WIDE * errors.drift, value + WIDE * errors.drift],
    },
    logLikelihood: (-count / 2) * (Math.log(2 * Math.PI * variance * dt) + distances / (variance * dt)),
  };
}

/**
 * The variance v that makes the likelihood largest where the mean of a return is (μ - v/2) Δt: the positive root of
 * v² Δt/4 + v - q = 0 with q = Σ(r - μΔt)² / (nΔt).
 *
 * @param second - mean square of a return, by Δt
 * @param first - mean of a return, by Δt
 */
function varianceGiven(drift: number, second: number, first: number, dt: number): number {
  const q = second - 2 * drift * first * dt + drift ** 2 * dt;
  return (2 * (Math.sqrt(1 + q * dt) - 1)) / dt;
}
