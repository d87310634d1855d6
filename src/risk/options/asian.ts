import type { BlackScholesOption } from "../../market/options/black-scholes.js";
import type { SimulatedValue } from "./simulated-value.js";

import { blackPrice } from "../../market/options/black.js";
import { OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { createRandom } from "../../market/random.js";
import { requireInRange, requireKnown } from "../../options.js";

/** An option on the mean of an asset's price at evenly spaced moments, like one that settles at a TWAP. */
export interface AsianOption extends BlackScholesOption {
  /** Number of prices in the mean, 1 to 10,000; the last is that at expiry. */
  readonly fixings: number;
  /** When the first is taken, years from now: 0 up to `expiry`. Default: `expiry / fixings`. */
  readonly firstFixing?: number;
}

/** How an option is simulated. */
export interface SimulationOptions {
  /** Number of paths, 100 to 10,000,000. Default 20,000. */
  readonly paths?: number;
  /** Of the random numbers, a 32-bit integer. Default 1. */
  readonly seed?: number;
}

/**
 * Price of an option on the geometric mean, in closed form: the mean of logarithms of a geometric Brownian motion is normal
 * (Kemna and Vorst, *A pricing method for options based on average asset values*, 1990; for discrete fixings Clewlow and
 * Strickland, *Implementing Derivatives Models*, 1998, 4.5).
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function geometricAsianPrice(option: AsianOption): number {
  return geometricOf(requireAsian("geometricAsianPrice", option));
}

/**
 * Price of an option on the arithmetic mean, by simulation with the option on the geometric mean as control variate (Kemna and
 * Vorst 1990), whose coefficient is the regression's. The error is typically a fiftieth of that without it.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const option = { type: "put", spot: 2000, strike: 2000, expiry: 7 / 365, volatility: 0.8, fixings: 7 } as const;
 * const { value, error } = arithmeticAsianPrice(option, { paths: 50_000 });
 * ```
 */
export function arithmeticAsianPrice(option: AsianOption, simulation: SimulationOptions = {}): SimulatedValue {
  const asian = requireAsian("arithmeticAsianPrice", option);
  const { paths, seed } = requireSimulation("arithmeticAsianPrice", simulation);
  const { type, strike, expiry, rate } = asian;
  const discount = Math.exp(-rate * expiry);
  const sign = type === "call" ? 1 : -1;
  const random = createRandom(seed);
  const pairs = Array.from({ length: paths }, () => {
    const { arithmetic, geometric } = meansOfPath(asian, () => random.normal());
    return [
      discount * Math.max(0, sign * (arithmetic - strike)),
      discount * Math.max(0, sign * (geometric - strike)),
    ] as const;
  });
  return controlled(pairs, geometricOf(asian));
}

/** The mean of the first of each pair, given that of the second (Glasserman 2004, 4.1.1). */
function controlled(pairs: readonly (readonly [number, number])[], known: number): SimulatedValue {
  const count = pairs.length;
  const [value, control] = ([0, 1] as const).map((at) => pairs.reduce((sum, pair) => sum + pair[at], 0) / count);
  let [squares, products, controls] = [0, 0, 0];
  for (const [x, y] of pairs) {
    const [dx, dy] = [x - (value ?? 0), y - (control ?? 0)];
    squares += dx * dx;
    products += dx * dy;
    controls += dy * dy;
  }
  const slope = controls === 0 ? 0 : products / controls;
  // two parameters are fitted: the mean and the slope
  const variance = Math.max(0, squares - slope * products) / (count - 2);
  return { value: (value ?? 0) - slope * ((control ?? 0) - known), error: Math.sqrt(variance / count) };
}

type CheckedAsian = Required<AsianOption>;

function requireAsian(owner: string, option: AsianOption): CheckedAsian {
  requireKnown(owner, option, [...OPTION_KEYS, "volatility", "fixings", "firstFixing"]);
  const european = requireEuropean(owner, option);
  const { volatility, fixings } = option;
  requireInRange(owner, "volatility", volatility, { min: 0.0001, max: 20 });
  requireInRange(owner, "fixings", fixings, { min: 1, max: 10_000, kind: "integer" });
  // the only fixing is the one at expiry
  const firstFixing = fixings === 1 ? european.expiry : (option.firstFixing ?? european.expiry / fixings);
  requireInRange(owner, "firstFixing", option.firstFixing ?? firstFixing, { min: 0, max: european.expiry });
  return { ...european, volatility, fixings, firstFixing };
}

/** Checks how an option is simulated. @throws SiegeError `INVALID_OPTION` */
export function requireSimulation(owner: string, options: SimulationOptions): Required<SimulationOptions> {
  requireKnown(owner, options, ["paths", "seed"]);
  const { paths = 20_000, seed = 1 } = options;
  requireInRange(owner, "paths", paths, { min: 100, max: 10_000_000, kind: "integer" });
  requireInRange(owner, "seed", seed, { min: -(2 ** 31), max: 2 ** 32 - 1, kind: "integer" });
  return { paths, seed };
}

/** Years between two fixings. */
function stepOf({ fixings, firstFixing, expiry }: CheckedAsian): number {
  return fixings === 1 ? 0 : (expiry - firstFixing) / (fixings - 1);
}

function geometricOf(option: CheckedAsian): number {
  const { type, spot, strike, expiry, rate, dividendYield, volatility, fixings, firstFixing } = option;
  const step = stepOf(option);
  const meanTime = firstFixing + (step * (fixings - 1)) / 2;
  // the sum over all pairs of fixings of the earlier one's time, by fixings²
  const earlier = firstFixing + (step * (fixings - 1) * (2 * fixings - 1)) / (6 * fixings);
  const variance = volatility ** 2 * earlier;
  const forward = spot * Math.exp((rate - dividendYield - volatility ** 2 / 2) * meanTime + variance / 2);
  return Math.exp(-rate * expiry) * blackPrice({ type, forward, strike, deviation: Math.sqrt(variance) });
}

/** Both means of one path of prices. */
function meansOfPath(option: CheckedAsian, normal: () => number): { arithmetic: number; geometric: number } {
  const { spot, rate, dividendYield, volatility, fixings, firstFixing } = option;
  const growth = rate - dividendYield - volatility ** 2 / 2;
  const step = stepOf(option);
  let [log, sum, logs] = [Math.log(spot), 0, 0];
  for (let fixing = 0; fixing < fixings; fixing++) {
    const time = fixing === 0 ? firstFixing : step;
    if (time > 0) log += growth * time + volatility * Math.sqrt(time) * normal();
    sum += Math.exp(log);
    logs += log;
  }
  return { arithmetic: sum / fixings, geometric: Math.exp(logs / fixings) };
}
