import type { BlackScholesOption, Greeks } from "../../market/options/black-scholes.js";
import type { SimulationOptions } from "./asian.js";
import type { SimulatedValue } from "./simulated-value.js";

import { OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { createRandom } from "../../market/random.js";
import { requireInRange, requireKnown, requireOneOf } from "../../options.js";

import { requireSimulation } from "./asian.js";
import { Mean } from "./simulated-value.js";

const ESTIMATORS = ["pathwise", "likelihoodRatio", "commonRandomNumbers"] as const;

/** How Greeks are estimated. */
export interface GreeksOptions extends SimulationOptions {
  /**
   * `pathwise` differentiates the payoff along each path (gamma: the pathwise delta, by the likelihood ratio), with the smallest
   * errors; `likelihoodRatio` differentiates the density, for any payoff; `commonRandomNumbers` takes central differences
   * between prices on the same random numbers, for any model at all.
   */
  readonly estimator: (typeof ESTIMATORS)[number];
}

/** The price and the Greeks by simulation. */
export type EstimatedGreeks = Readonly<Record<"price" | keyof Greeks, SimulatedValue>>;

/** Steps of the central differences in volatility and time, as parts of them. */
const STEP = 0.01;

/** That in the price, in standard deviations at expiry: a larger one biases gamma, a smaller one makes it noisy. */
const PRICE_STEP = 0.05;

/** That in interest times expiry. */
const RATE_STEP = 0.001;

/**
 * Price and Greeks of a European option by simulation, each with its standard error: the three estimators of Glasserman, *Monte
 * Carlo Methods in Financial Engineering*, 2004, chapter 7, on the model for which {@link blackScholes} has them in closed form.
 * The differences' bias, of the order of their step squared, is below 1e-3 of the Greek; it is no part of their errors.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const option = { type: "call", spot: 100, strike: 100, expiry: 1, volatility: 0.2 } as const;
 * const { delta } = estimateGreeks(option, { estimator: "pathwise", paths: 100_000 });
 * ```
 */
export function estimateGreeks(option: BlackScholesOption, options: GreeksOptions): EstimatedGreeks {
  const owner = "estimateGreeks";
  requireKnown(owner, option, [...OPTION_KEYS, "volatility"]);
  requireInRange(owner, "volatility", option.volatility, { min: 0.0001, max: 20 });
  const checked = { ...requireEuropean(owner, option), volatility: option.volatility };
  requireKnown(owner, options, ["estimator", "paths", "seed"]);
  const { estimator, ...simulation } = options;
  requireOneOf(owner, "estimator", estimator, ESTIMATORS);
  const { paths, seed } = requireSimulation(owner, simulation);
  const random = createRandom(seed);
  const samples = SAMPLERS[estimator](checked);
  const means = NAMES.map((name) => [name, new Mean()] as const);
  for (let path = 0; path < paths; path++) {
    const sample = samples(random.normal());
    for (const [name, mean] of means) mean.add(sample[name]);
  }
  return Object.fromEntries(means.map(([name, mean]) => [name, mean.estimate])) as EstimatedGreeks;
}

const NAMES = ["price", "delta", "gamma", "vega", "theta", "rho"] as const;

type Checked = Required<BlackScholesOption>;
/** One path's contribution to each number, by the standard normal that it is made of. */
type Sampler = (normal: number) => Readonly<Record<(typeof NAMES)[number], number>>;

/** The price at expiry, and the option's discounted payoff. */
function outcome(option: Checked, normal: number): { readonly end: number; readonly payoff: number } {
  const { type, spot, strike, expiry, rate, dividendYield, volatility } = option;
  const deviation = volatility * Math.sqrt(expiry);
  const end = spot * Math.exp((rate - dividendYield) * expiry - deviation ** 2 / 2 + deviation * normal);
  const payoff = Math.max(0, type === "call" ? end - strike : strike - end);
  return { end, payoff: Math.exp(-rate * expiry) * payoff };
}

function pathwise(option: Checked): Sampler {
  const { type, spot, expiry, rate, dividendYield, volatility } = option;
  const sign = type === "call" ? 1 : -1;
  const root = Math.sqrt(expiry);
  return (normal) => {
    const { end, payoff } = outcome(option, normal);
    const slope = payoff > 0 ? sign * Math.exp(-rate * expiry) * end : 0;
    const delta = slope / spot;
    const drift = rate - dividendYield - volatility ** 2 / 2;
    return {
      price: payoff,
      delta,
      gamma: (delta / spot) * (normal / (volatility * root) - 1),
      vega: slope * (root * normal - volatility * expiry),
      theta: rate * payoff - slope * (drift + (volatility * normal) / (2 * root)),
      rho: expiry * (slope - payoff),
    };
  };
}

function likelihoodRatio(option: Checked): Sampler {
  const { spot, expiry, rate, dividendYield, volatility } = option;
  const root = Math.sqrt(expiry);
  const deviation = volatility * root;
  const drift = rate - dividendYield - volatility ** 2 / 2;
  return (normal) => {
    const { payoff } = outcome(option, normal);
    const score = normal / (spot * deviation);
    const spread = (normal ** 2 - 1) / volatility;
    return {
      price: payoff,
      delta: payoff * score,
      gamma: payoff * (score ** 2 - (1 / deviation + normal) / (spot ** 2 * deviation)),
      vega: payoff * (spread - normal * root),
      theta: payoff * (rate - (normal ** 2 - 1) / (2 * expiry) - (normal * drift) / deviation),
      rho: payoff * ((normal * root) / volatility - expiry),
    };
  };
}

function commonRandomNumbers(option: Checked): Sampler {
  const { spot, expiry, rate, volatility } = option;
  const dS = spot * Math.min(0.5, PRICE_STEP * volatility * Math.sqrt(expiry));
  const [dSigma, dT, dR] = [volatility * STEP, expiry * STEP, RATE_STEP / expiry];
  return (normal) => {
    const payoff = (changed: Partial<Checked>): number => outcome({ ...option, ...changed }, normal).payoff;
    const [price, up, down] = [payoff({}), payoff({ spot: spot + dS }), payoff({ spot: spot - dS })];
    const slope = (name: "volatility" | "expiry" | "rate", at: number, step: number): number =>
      (payoff({ [name]: at + step }) - payoff({ [name]: at - step })) / (2 * step);
    return {
      price,
      delta: (up - down) / (2 * dS),
      gamma: (up - 2 * price + down) / dS ** 2,
      vega: slope("volatility", volatility, dSigma),
      theta: -slope("expiry", expiry, dT),
      rho: slope("rate", rate, dR),
    };
  };
}

const SAMPLERS = { pathwise, likelihoodRatio, commonRandomNumbers };
