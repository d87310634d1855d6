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
 * Filtered maximum likelihood of jumps that set off jumps. Jumps are not seen, only returns: so in each spacing, the rate is that
 * which follows from the expected number of jumps in the returns before it, and the density of the return is Merton's at that
 * rate. It is an approximation, good where jumps stand out from the diffusion and the memory is several spacings.
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
  // in terms of spacings: how the excess decays, alone and with what it sets off meanwhile
  const decay = Math.exp(-spacing / memory);
  const net = ((1 - excitation) * spacing) / memory;
  const passed = -Math.expm1(-net) / net;
  const stationary = (base * excitation) / (1 - excitation);
  // a jump happens anywhere within its spacing
  const raised = excitation * (1 - decay);
  let excess = stationary;
  return returns.map((value) => {
    const due = base + stationary + (excess - stationary) * passed;
    const center = growth - due * meanJump;
    let [density, expected, probability, rest] = [0, 0, Math.exp(-due), 1];
    for (let jumps = 0; jumps < MOST_JUMPS && (rest > NEGLIGIBLE || jumps < 3); jumps++) {
      const variance = diffusion + jumps * jumpDeviation ** 2;
      const term =
        (probability * Math.exp(-((value - center - jumps * jumpMean) ** 2) / (2 * variance))) /
        Math.sqrt(2 * Math.PI * variance);
      density += term;
      expected += jumps * term;
      rest -= probability;
      probability *= due / (jumps + 1);
    }
    excess = excess * decay + (density > 0 ? expected / density : 1) * raised;
    return Math.log(Math.max(density, 1e-300));
  });
}
