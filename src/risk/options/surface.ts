import type { HestonOptions } from "../../market/processes/heston.js";
import type { Process } from "../../market/processes/process.js";
import type { Goal, Summit } from "../../numeric/ascent.js";
import type { Quotes, VolatilityQuote } from "./volatility-quote.js";

import { SiegeError } from "../../errors.js";
import { hestonLaw } from "../../market/laws/heston.js";
import { heston } from "../../market/processes/heston.js";
import { climb } from "../../numeric/ascent.js";
import { inverse } from "../../numeric/matrix.js";

import { callPayoffs } from "./fourier.js";
import { deviationOf } from "./implied-volatility.js";
import { requireQuotes } from "./volatility-quote.js";

/** Heston's model fitted to a surface. */
export interface SurfaceCalibration {
  /** For a scenario, without drift: `assets: { BTC: { process } }`. */
  readonly process: Process;
  /** What `process` was made with. */
  readonly parameters: Required<Omit<HestonOptions, "drift">>;
  /** Standard errors of the parameters, those of a regression: as if the quotes' distances were noise. */
  readonly errors: Readonly<Record<keyof Omit<HestonOptions, "drift">, number>>;
  readonly method: "least squares on implied volatilities";
  /** Root of the mean square of the (weighted) distances, as a volatility: 0.01 is one point. */
  readonly distance: number;
  /** The volatility of each quote under the model, in their order. */
  readonly volatilities: readonly number[];
}

/** Mean payoffs, as parts of the forward, below which the transform has no digits. */
const SMALLEST_PAYOFF = 1e-13;

/** Reversion, volatility of the variance and correlation from which the search starts: the best result counts. */
const STARTS = [
  { reversion: 3, volOfVol: 1.5, correlation: -0.3 },
  { reversion: 20, volOfVol: 5, correlation: 0 },
] as const;

/**
 * Fits Heston's model to a surface of implied volatilities by least squares (Gauss and Newton, damped), priced by the
 * characteristic function. The parameters are those under which options are priced: they hold what the market pays for
 * uncertain volatility, and are no forecast. Feller's condition may be violated, and usually is.
 *
 * @throws SiegeError `INVALID_OPTION` with the quote that is wrong; `INVALID_HISTORY` where the quotes do not determine the
 * model
 * @example
 * ```ts
 * const { process, distance } = calibrateSurface(
 *   chain.map(({ strike, underlying, years, iv }) => ({ strike, forward: underlying, expiry: years, volatility: iv / 100 })),
 * );
 * assets: { BTC: { price: 9_100, process } }
 * ```
 */
export function calibrateSurface(quotes: readonly VolatilityQuote[]): SurfaceCalibration {
  const checked = requireQuotes("calibrateSurface", quotes);
  const goal: Goal = { of: "squares", values: (free) => distancesOf(parametersOf(free), checked) };
  const summits = STARTS.map((start) => climb(goal, startAt(checked, start)));
  const best = summits.reduce((one, other) => (other.height > one.height ? other : one));
  const covariance = inverse(best.information);
  if (!best.arrived || covariance === undefined) {
    throw new SiegeError("INVALID_HISTORY", {
      message: `calibrateSurface: these ${checked.length} quotes do not determine the model's five parameters.`,
      hint: "Give quotes of several strikes at several expiries, and leave out those that nobody trades.",
    });
  }
  const parameters = parametersOf(best.at);
  const squares = -2 * best.height;
  return {
    process: heston(parameters),
    parameters,
    errors: errorsOf(best, parameters, covariance, squares / (checked.length - best.at.length)),
    method: "least squares on implied volatilities",
    distance: Math.sqrt(squares / checked.reduce((sum, { weight }) => sum + weight, 0)),
    volatilities: volatilitiesOf(parameters, checked),
  };
}

type Parameters = SurfaceCalibration["parameters"];

function parametersOf(free: readonly number[]): Parameters {
  const [volatility = 0, longRun = 0, reversion = 0, volOfVol = 0, correlation = 0] = free;
  return {
    volatility: Math.exp(volatility),
    longRunVolatility: Math.exp(longRun),
    reversion: Math.exp(reversion),
    volOfVol: Math.exp(volOfVol),
    correlation: Math.tanh(correlation),
  };
}

/** The slopes of the parameters by their free numbers carry the errors over. */
function errorsOf(
  { at }: Summit,
  parameters: Parameters,
  covariance: readonly (readonly number[])[],
  variance: number,
): SurfaceCalibration["errors"] {
  const error = (index: number): number => Math.sqrt(variance * (covariance[index]?.[index] ?? 0));
  return {
    volatility: parameters.volatility * error(0),
    longRunVolatility: parameters.longRunVolatility * error(1),
    reversion: parameters.reversion * error(2),
    volOfVol: parameters.volOfVol * error(3),
    correlation: (1 - Math.tanh(at[4] ?? 0) ** 2) * error(4),
  };
}

/** Begins with the volatilities at the money of the first and the last expiry. */
function startAt(quotes: Quotes, { reversion, volOfVol, correlation }: (typeof STARTS)[number]): readonly number[] {
  const expiries = quotes.map(({ expiry }) => expiry);
  const atTheMoney = (expiry: number): number =>
    quotes
      .filter((quote) => quote.expiry === expiry)
      .reduce((near, quote) => (moneynessOf(quote) < moneynessOf(near) ? quote : near)).volatility;
  const [first, last] = [Math.min(...expiries), Math.max(...expiries)].map(atTheMoney);
  const log = Math.log;
  return [log(first ?? 1), log(last ?? 1), log(reversion), log(volOfVol), Math.atanh(correlation)];
}

function moneynessOf({ strike, forward }: VolatilityQuote): number {
  return Math.abs(Math.log(strike / forward));
}

function distancesOf(parameters: Parameters, quotes: Quotes): Float64Array | undefined {
  const { volatility, longRunVolatility, reversion, volOfVol } = parameters;
  if (volatility > 20 || longRunVolatility > 20 || reversion > 1_000 || volOfVol > 100) return undefined;
  return Float64Array.from(volatilitiesOf(parameters, quotes), (found, index) => {
    const { volatility: quoted, weight } = quotes[index] ?? { volatility: found, weight: 1 };
    return Math.sqrt(weight) * (found - quoted);
  });
}

function volatilitiesOf(parameters: Parameters, quotes: Quotes): readonly number[] {
  const found = new Array<number>(quotes.length).fill(0);
  for (const expiry of new Set(quotes.map((quote) => quote.expiry))) {
    const indices = [...quotes.keys()].filter((index) => quotes[index]?.expiry === expiry);
    const ratios = indices.map((index) => (quotes[index]?.strike ?? 1) / (quotes[index]?.forward ?? 1));
    const calls = callPayoffs(hestonLaw(parameters, expiry), ratios);
    for (const [order, index] of indices.entries()) {
      const [call, ratio] = [calls[order] ?? 0, ratios[order] ?? 1];
      const payoff = Math.max(SMALLEST_PAYOFF, ratio > 1 ? call : call - 1 + ratio);
      found[index] = deviationOf(payoff, 1, ratio) / Math.sqrt(expiry);
    }
  }
  return found;
}
