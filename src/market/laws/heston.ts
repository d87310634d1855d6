import type { HestonOptions } from "../processes/heston.js";
import type { Law } from "./law.js";

import {
  complex,
  exponentialOf,
  logarithmOfOnePlus,
  minus,
  ONE,
  over,
  plus,
  rootOf,
  scaled,
  times,
} from "../../numeric/complex.js";

/**
 * The law of Heston's model over some years, in the form of Albrecher, Mayer, Schoutens and Tistaert, *The little Heston
 * trap*, 2007, whose logarithm stays on its principal branch however long the time. (κ - ρσiz - d) / σ² is written as
 * -(iz + z²) / (κ - ρσiz + d), which is the same and loses no digits where σ, `volOfVol`, is small; it must be above 0.
 */
export function hestonLaw(model: Omit<HestonOptions, "drift">, years: number): Law {
  const { volatility, longRunVolatility = volatility, reversion, volOfVol, correlation = 0 } = model;
  return {
    characteristic: (z) => {
      const iz = complex(-z.im, z.re);
      const convexity = plus(iz, times(z, z));
      const beta = minus(complex(reversion), scaled(iz, correlation * volOfVol));
      const d = rootOf(plus(times(beta, beta), scaled(convexity, volOfVol ** 2)));
      const sum = plus(beta, d);
      // (β - d) / σ², and g / σ²
      const gap = scaled(over(convexity, sum), -1);
      const ratio = over(gap, sum);
      const decay = exponentialOf(scaled(d, -years));
      const rest = minus(ONE, decay);
      const bend = over(times(ratio, rest), minus(ONE, scaled(ratio, volOfVol ** 2)));
      const logarithm = scaled(logarithmOfOnePlus(scaled(bend, volOfVol ** 2)), 2 / volOfVol ** 2);
      const longRun = scaled(minus(scaled(gap, years), logarithm), reversion * longRunVolatility ** 2);
      const start = scaled(
        over(times(gap, rest), minus(ONE, scaled(times(ratio, decay), volOfVol ** 2))),
        volatility ** 2,
      );
      return exponentialOf(plus(longRun, start));
    },
    deviation: Math.sqrt(meanVariance(model, years) * years),
  };
}

/** The mean of the variance over some years: θ + (v₀ - θ) (1 - exp(-κT)) / (κT). */
export function meanVariance(model: Omit<HestonOptions, "drift">, years: number): number {
  const { volatility, longRunVolatility = volatility, reversion } = model;
  const share = reversion * years === 0 ? 1 : -Math.expm1(-reversion * years) / (reversion * years);
  return longRunVolatility ** 2 + (volatility ** 2 - longRunVolatility ** 2) * share;
}
