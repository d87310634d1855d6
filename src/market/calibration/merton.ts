import type { MertonOptions } from "../processes/merton.js";
import type { Fit, Sample } from "./fit.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { maximumLikelihood } from "./fit.js";
import { startsOf } from "./starts.js";

/** The sum over jumps ends where the probability of more is below this. */
const NEGLIGIBLE = 1e-14;

/** Jumps in one spacing at most. */
const MOST_JUMPS = 100;

/**
 * Maximum likelihood of Merton's model: the density of a return is a sum of normal ones over the Poisson number of its jumps. Its
 * likelihood has no bound where the volatility vanishes (Honoré, *Pitfalls in estimating jump-diffusion models*, 1998), so the
 * search starts from returns that look like jumps, and the volatility stays above a twentieth of the returns' own.
 */
export function fitMerton({ owner, returns, spacing, drift }: Sample): Fit<keyof MertonOptions> {
  const dt = spacing / SECONDS_PER_YEAR;
  const { starts, scale } = startsOf(returns);
  const parametersOf = (free: readonly number[]): Required<MertonOptions> => {
    const [diffusion = 0, jumps = 0, mean = 0, deviation = 0, growth = 0] = free;
    return {
      volatility: (Math.exp(diffusion) * scale) / Math.sqrt(dt),
      jumpsPerYear: Math.exp(jumps) / dt,
      jumpMean: mean * scale,
      jumpDeviation: Math.exp(deviation) * scale,
      drift: drift ?? (growth * scale) / dt,
    };
  };
  const free = starts.map(({ diffusion, jumps, mean, deviation, growth }) => [
    Math.log(diffusion / scale),
    Math.log(jumps),
    mean / scale,
    Math.log(deviation / scale),
    ...(drift === undefined ? [growth / scale] : []),
  ]);
  return maximumLikelihood({
    owner,
    starts: free,
    parametersOf,
    logDensities: (parameters) => {
      const { volatility, jumpsPerYear, jumpMean, jumpDeviation } = parameters;
      const isInside =
        volatility * Math.sqrt(dt) > scale / 20 &&
        volatility <= 20 &&
        jumpsPerYear <= 1_000_000 &&
        Math.abs(jumpMean) <= 5 &&
        jumpDeviation <= 2 &&
        jumpsPerYear * dt < MOST_JUMPS / 3;
      return isInside ? logDensitiesOf(parameters, returns, dt) : undefined;
    },
  });
}

function logDensitiesOf(model: Required<MertonOptions>, returns: Float64Array, dt: number): Float64Array {
  const { volatility, jumpsPerYear, jumpMean, jumpDeviation, drift } = model;
  const due = jumpsPerYear * dt;
  const growth = (drift - volatility ** 2 / 2) * dt - due * Math.expm1(jumpMean + jumpDeviation ** 2 / 2);
  const terms: { mean: number; half: number; logWeight: number }[] = [];
  let [logProbability, rest] = [-due, 1];
  for (let jumps = 0; jumps < MOST_JUMPS && (rest > NEGLIGIBLE || jumps < 2); jumps++) {
    const variance = volatility ** 2 * dt + jumps * jumpDeviation ** 2;
    const logWeight = logProbability - Math.log(2 * Math.PI * variance) / 2;
    terms.push({ mean: growth + jumps * jumpMean, half: 1 / (2 * variance), logWeight });
    rest -= Math.exp(logProbability);
    logProbability += Math.log(due / (jumps + 1));
  }
  return returns.map((value) => {
    let density = 0;
    let largest = -Infinity;
    for (const { mean, half, logWeight } of terms) {
      const logTerm = logWeight - (value - mean) ** 2 * half;
      density += Math.exp(logTerm);
      if (logTerm > largest) largest = logTerm;
    }
    // far out, where all terms underflow, the largest one is the density
    return density > 0 ? Math.log(density) : largest;
  });
}
