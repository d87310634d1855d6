import type { KouOptions } from "../processes/kou.js";
import type { Fit, Sample } from "./fit.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";
import { kouLaw } from "../laws/kou.js";

import { densitiesOf } from "./density.js";
import { maximumLikelihood } from "./fit.js";
import { startsOf } from "./starts.js";

/** Below what the inversion resolves: a return of such a density is impossible under the model. */
const SMALLEST = 1e-12;

/**
 * Maximum likelihood of Kou's model. The density of a return is inverted from its characteristic function: exact for any number
 * of jumps in a spacing.
 */
export function fitKou({ owner, returns, spacing, drift }: Sample): Fit<keyof KouOptions> {
  const dt = spacing / SECONDS_PER_YEAR;
  const { starts, scale } = startsOf(returns);
  const parametersOf = (free: readonly number[]): Required<KouOptions> => {
    const [diffusion = 0, jumps = 0, odds = 0, rise = 0, fall = 0, growth = 0] = free;
    return {
      volatility: (Math.exp(diffusion) * scale) / Math.sqrt(dt),
      jumpsPerYear: Math.exp(jumps) / dt,
      upward: 1 / (1 + Math.exp(-odds)),
      meanRise: Math.exp(rise) * scale,
      meanFall: Math.exp(fall) * scale,
      drift: drift ?? (growth * scale) / dt,
    };
  };
  const free = starts.map(({ diffusion, jumps, mean, deviation, growth }) => {
    const size = Math.log(Math.hypot(mean, deviation) / Math.SQRT2 / scale);
    return [
      Math.log(diffusion / scale),
      Math.log(jumps),
      0,
      size,
      size,
      ...(drift === undefined ? [growth / scale] : []),
    ];
  });
  return maximumLikelihood({
    owner,
    starts: free,
    parametersOf,
    logDensities: (parameters) => {
      const { volatility, jumpsPerYear, meanRise, meanFall } = parameters;
      const isInside =
        volatility * Math.sqrt(dt) > scale / 20 &&
        volatility <= 20 &&
        jumpsPerYear <= 1_000_000 &&
        jumpsPerYear * dt < 30 &&
        meanRise <= 0.95 &&
        meanFall <= 5;
      if (!isInside) return undefined;
      const margin = 10 * Math.max(meanRise, meanFall) + 8 * volatility * Math.sqrt(dt);
      const shift = parameters.drift * dt;
      const places = returns.map((value) => value - shift);
      return densitiesOf(kouLaw(parameters, dt), places, margin).map((density) =>
        Math.log(Math.max(density, SMALLEST / scale)),
      );
    },
  });
}
