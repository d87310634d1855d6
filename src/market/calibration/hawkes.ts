import type { HawkesOptions } from "../processes/hawkes.js";
import type { Fit, Sample } from "./fit.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { maximumLikelihood } from "./fit.js";
import { startsOf } from "./starts.js";

/** The sum over jumps ends where the probability of more is below this. */
const NEGLIGIBLE = 1e-12;

/** Jumps in one spacing at most. */
const MOST_JUMPS = 40;

/** Excitations and memories (in spacings) from which the search starts. */
const CLUSTERS = [
  { excitation: 0.5, memory: 5 },
  { excitation: 0.7, memory: 50 },
] as const;

/**
 * Filtered maximum likelihood of jumps that set off jumps. Jumps are not seen, only returns: what these say of the rate is kept as its mean
 * and variance, and taken for a gamma distribution, so that the number of jumps in a spacing is negative binomial (an assumed-density
 * filter: Maybeck, *Stochastic Models, Estimation, and Control*, vol. 2, 1982, chapter 12). It is an approximation, good where jumps
 * stand out from the diffusion and the memory is several spacings. A filter of the mean alone, as if the rate were known, is biased:
 * its memories are too short and its base rates too low by more than half an error.
 */
export function fitHawkes({ owner, returns, spacing, drift }: Sample): Fit<keyof HawkesOptions> {
  const dt = spacing / SECONDS_PER_YEAR;
  const { starts, scale } = startsOf(returns);
  const parametersOf = (free: readonly number[]): Required<HawkesOptions> => {
    const [diffusion = 0, jumps = 0, odds = 0, memory = 0, mean = 0, deviation = 0, growth = 0] = free;
    return {
      volatility: (Math.exp(diffusion) * scale) / Math.sqrt(dt),
      jumpsPerYear: Math.exp(jumps) / dt,
      excitation: 0.99 / (1 + Math.exp(-odds)),
      memory: Math.exp(memory) * spacing,
      jumpMean: mean * scale,
      jumpDeviation: Math.exp(deviation) * scale,
      drift: drift ?? (growth * scale) / dt,
    };
  };
  const free = starts
    .slice(0, 1)
    .flatMap(({ diffusion, jumps, mean, deviation, growth }) =>
      CLUSTERS.map(({ excitation, memory }) => [
        Math.log(diffusion / scale),
        Math.log(jumps * (1 - excitation)),
        Math.log(excitation / (0.99 - excitation)),
        Math.log(memory),
        mean / scale,
        Math.log(deviation / scale),
        ...(drift === undefined ? [growth / scale] : []),
      ]),
    );
  return maximumLikelihood({
    owner,
    starts: free,
    parametersOf,
    logDensities: (parameters) => {
      const { volatility, jumpsPerYear, excitation, memory, jumpMean, jumpDeviation } = parameters;
      const isInside =
        volatility * Math.sqrt(dt) > scale / 20 &&
        volatility <= 20 &&
        jumpsPerYear / (1 - excitation) <= 1_000_000 &&
        (jumpsPerYear * dt) / (1 - excitation) < MOST_JUMPS / 4 &&
        memory >= spacing / 10 &&
        memory <= 1_000_000_000 &&
        Math.abs(jumpMean) <= 5 &&
        jumpDeviation <= 2;
      return isInside ? logDensitiesOf(parameters, returns, spacing) : undefined;
    },
  });
}

function logDensitiesOf(model: Required<HawkesOptions>, returns: Float64Array, spacing: number): Float64Array {
  const { volatility, jumpsPerYear, excitation, memory, jumpMean, jumpDeviation, drift } = model;
  const dt = spacing / SECONDS_PER_YEAR;
  const base = (jumpsPerYear * spacing) / SECONDS_PER_YEAR;
  const meanJump = Math.expm1(jumpMean + jumpDeviation ** 2 / 2);
  const growth = (drift - volatility ** 2 / 2) * dt;
  const diffusion = volatility ** 2 * dt;
  // rates are per spacing: how their excess decays, alone and with what it sets off meanwhile
  const passed = spacing / memory;
  const decay = Math.exp(-passed);
  const net = (1 - excitation) * passed;
  const share = -Math.expm1(-net) / net;
  const stationary = (base * excitation) / (1 - excitation);
  const least = base + stationary * (1 - share);
  // a jump happens anywhere within its spacing: mean and variance of what it adds at the end
  const raised = excitation * (1 - decay);
  const spread = Math.max(0, (excitation ** 2 * passed * (1 - decay ** 2)) / 2 - raised ** 2);
  let excess = stationary;
  let uncertainty = (excitation ** 2 * passed * base) / (2 * (1 - excitation) ** 2);
  return returns.map((value) => {
    const due = least + share * excess;
    // jumps set others off within their spacing, too
    const variance = share ** 2 * uncertainty + due * excitation * passed + 1e-12 * due ** 2;
    const [shape, scale] = [due ** 2 / variance, variance / due];
    const kept = scale / (1 + scale);
    const gain = (share * uncertainty) / variance;
    let [density, first, second, probability, rest] = [0, 0, 0, Math.exp(-shape * Math.log1p(scale)), 1];
    for (let jumps = 0; jumps < MOST_JUMPS && (rest > NEGLIGIBLE || jumps < 3); jumps++) {
      const seen = (shape + jumps) * kept;
      const spreadOfReturn = diffusion + jumps * jumpDeviation ** 2;
      const distance = value - growth + seen * meanJump - jumps * jumpMean;
      const term =
        (probability * Math.exp(-(distance ** 2) / (2 * spreadOfReturn))) / Math.sqrt(2 * Math.PI * spreadOfReturn);
      const next = (excess + gain * (seen - due)) * decay + jumps * raised;
      const left = uncertainty - gain * share * uncertainty + gain ** 2 * seen * kept;
      density += term;
      first += term * next;
      second += term * (next ** 2 + left * decay ** 2 + jumps * spread);
      rest -= probability;
      probability *= ((shape + jumps) / (jumps + 1)) * kept;
    }
    if (density > 0) {
      excess = Math.max(0, first / density);
      uncertainty = Math.max(0, second / density - (first / density) ** 2);
    } else {
      // a return that no number of jumps explains tells nothing
      [excess, uncertainty] = [excess * decay + due * raised, uncertainty * decay ** 2 + due * spread];
    }
    return Math.log(Math.max(density, 1e-300));
  });
}
