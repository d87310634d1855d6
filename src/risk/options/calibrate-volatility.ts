import type { Goal } from "../../numeric/ascent.js";
import type { VolatilitySurface } from "../../oracles/volatility/surface.js";
import type { SmileShape } from "./ssvi.js";
import type { Quotes, VolatilityQuote } from "./volatility-quote.js";

import { SiegeError } from "../../errors.js";
import { climb } from "../../numeric/ascent.js";
import { requireInRange, requireKnown } from "../../options.js";
import { surfaceVolatility } from "../../oracles/volatility/surface.js";

import { ssviVariance } from "./ssvi.js";
import { requireQuotes } from "./volatility-quote.js";

/** Options of {@link calibrateVolatility}. */
export interface CalibrateVolatilityOptions {
  /** The expiry whose volatility at the money is the surface's level, years. Default 30 days, as in volatility indices. */
  readonly tenor?: number;
}

/** A surface of implied volatilities fitted to quotes. */
export interface VolatilityCalibration {
  /** Its shape, for `volatilityOracleCode`. */
  readonly surface: VolatilitySurface;
  /** Its level: the volatility at the money at the tenor. The price of a scenario's asset with `quote: "volatility"`. */
  readonly level: number;
  /** What all expiries share. */
  readonly shape: SmileShape;
  /** The volatility at the money of each expiry, years, ascending. */
  readonly atTheMoney: readonly { readonly expiry: number; readonly volatility: number }[];
  readonly method: "least squares on implied volatilities";
  /** Root of the mean square of the (weighted) distances, as a volatility: 0.01 is one point. */
  readonly distance: number;
  /** The volatility of each quote under the model, in their order. */
  readonly volatilities: readonly number[];
}

/** Strikes of the surface, as fractions of the forward: closer where options are traded. */
const STRIKES = [
  0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 1.75, 2, 2.5, 3,
] as const;

/** The most expiries that a surface on the chain has. */
const MOST_EXPIRIES = 32;

const THIRTY_DAYS = 30 / 365;

/** Where the total variance does not grow from one expiry to the next, the search begins with this growth: none would have no slope. */
const LEAST = 1e-4;

/** As many as a smile has parameters. */
const FEWEST_STRIKES = 3;

/** Growth that is as good as none, as a share of the total variance. */
const NEGLIGIBLE = 1e-3;

/**
 * Fits a surface of implied volatilities to quotes by least squares: for each expiry a volatility at the money, and one smile for
 * all (SSVI, Gatheral and Jacquier, *Arbitrage-free SVI volatility surfaces*, 2014), within the bounds that exclude arbitrage between strikes and between expiries. Other than
 * {@link calibrateSurface} it is no model of how the price moves, only of how options on it are quoted, which it fits closer.
 *
 * @throws SiegeError `INVALID_OPTION` with the quote that is wrong; `INVALID_HISTORY` where the quotes do not determine it
 * @example
 * ```ts
 * const { surface, level } = calibrateVolatility(quotes);
 * assets: { BTC_IV: { price: level, quote: "volatility", process: reverting({ volatility: 1.2, reversion: 12 }) } }
 * ```
 */
export function calibrateVolatility(
  quotes: readonly VolatilityQuote[],
  options: CalibrateVolatilityOptions = {},
): VolatilityCalibration {
  requireKnown("calibrateVolatility", options, ["tenor"]);
  const { tenor = THIRTY_DAYS } = options;
  requireInRange("calibrateVolatility", "tenor", tenor, { min: 1 / 365, max: 10 });
  const checked = requireQuotes("calibrateVolatility", quotes);
  const expiries = [...new Set(checked.map(({ expiry }) => expiry))].toSorted((one, other) => one - other);
  if (expiries.length > MOST_EXPIRIES) {
    throw new SiegeError("INVALID_OPTION", {
      message: `calibrateVolatility: the quotes have ${expiries.length} different expiries.`,
      hint: `Give quotes of ${MOST_EXPIRIES} expiries at most, all of one moment, so that options of one expiry share it.`,
    });
  }
  const best = hasSmile(checked, expiries) ? fitted(checked, expiries) : undefined;
  if (best === undefined) {
    throw new SiegeError("INVALID_HISTORY", {
      message: `calibrateVolatility: these ${checked.length} quotes do not determine a surface of ${expiries.length} expiries.`,
      hint: "Give quotes of several strikes at each expiry, and leave out those that nobody trades.",
    });
  }
  const { variances, shape } = best.parameters;
  const own = expiries.map((expiry, row) => ({ expiry, volatility: Math.sqrt((variances[row] ?? NaN) / expiry) }));
  const shapeOf = (level: number): VolatilitySurface => ({
    expiries,
    strikes: STRIKES,
    ratios: expiries.map((expiry, row) =>
      STRIKES.map((strike) => Math.sqrt(ssviVariance(variances[row] ?? NaN, Math.log(strike), shape) / expiry) / level),
    ),
  });
  const level = surfaceVolatility(shapeOf(1), { level: 1, strike: 1, expiry: tenor });
  return {
    surface: shapeOf(level),
    level,
    shape,
    atTheMoney: own,
    method: "least squares on implied volatilities",
    distance: Math.sqrt(best.squares / checked.reduce((sum, { weight }) => sum + weight, 0)),
    volatilities: volatilitiesOf(best.parameters, checked, expiries),
  };
}

/** Whether there is an expiry with three strikes: through fewer, any smile fits. */
function hasSmile(quotes: Quotes, expiries: readonly number[]): boolean {
  return expiries.some((expiry) => {
    const ratios = quotes.flatMap((quote) => (quote.expiry === expiry ? [quote.strike / quote.forward] : []));
    return new Set(ratios).size >= FEWEST_STRIKES;
  });
}

interface Parameters {
  readonly variances: readonly number[];
  readonly shape: SmileShape;
}

/**
 * The parameters with the least squares; `undefined` where the quotes do not determine them. Where the total variance would have to
 * fall from one expiry to the next, it stays, and the rest is fitted again.
 */
function fitted(
  quotes: Quotes,
  expiries: readonly number[],
): { readonly parameters: Parameters; readonly squares: number } | undefined {
  let start = startAt(quotes, expiries);
  let pinned: readonly number[] = [];
  for (;;) {
    const all = (free: readonly number[]): readonly number[] => {
      const left = free.values();
      return start.map((_value, index) => (pinned.includes(index) ? 0 : (left.next().value ?? 0)));
    };
    const goal: Goal = {
      of: "squares",
      values: (free) =>
        Float64Array.from(
          volatilitiesOf(parametersOf(all(free), expiries.length), quotes, expiries),
          (found, index) => {
            const { volatility: quoted, weight } = quotes[index] ?? { volatility: found, weight: 1 };
            return Math.sqrt(weight) * (found - quoted);
          },
        ),
    };
    const { at, arrived, height } = climb(
      goal,
      start.filter((_value, index) => !pinned.includes(index)),
    );
    start = all(at);
    const parameters = parametersOf(start, expiries.length);
    if (arrived) return { parameters, squares: -2 * height };
    const still = expiries.findIndex(
      (_expiry, index) =>
        !pinned.includes(index) && (start[index] ?? 0) ** 2 < NEGLIGIBLE * (parameters.variances[index] ?? 0),
    );
    if (still === -1) return undefined;
    pinned = [...pinned, still];
  }
}

function volatilitiesOf(
  { variances, shape }: Parameters,
  quotes: Quotes,
  expiries: readonly number[],
): readonly number[] {
  return quotes.map(({ strike, forward, expiry }) => {
    const variance = variances[expiries.indexOf(expiry)] ?? NaN;
    return Math.sqrt(ssviVariance(variance, Math.log(strike / forward), shape) / expiry);
  });
}

/** Any numbers are parameters without arbitrage: total variances do not fall, and η (1 + |ρ|) stays below 2. */
function parametersOf(free: readonly number[], expiries: number): Parameters {
  let sum = 0;
  const variances = free.slice(0, expiries).map((growth) => (sum += growth ** 2));
  const [first = 0, second = 0, third = 0] = free.slice(expiries);
  const correlation = Math.tanh(first);
  return {
    variances,
    shape: { correlation, curvature: (2 / (1 + Math.abs(correlation))) * logistic(second), decay: logistic(third) },
  };
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Begins with the quotes nearest to the money, and a smile that leans to neither side. */
function startAt(quotes: Quotes, expiries: readonly number[]): readonly number[] {
  let before = 0;
  const growths = expiries.map((expiry) => {
    const distance = ({ strike, forward }: VolatilityQuote): number => Math.abs(Math.log(strike / forward));
    const nearest = quotes
      .filter((quote) => quote.expiry === expiry)
      .reduce((near, quote) => (distance(quote) < distance(near) ? quote : near));
    const growth = Math.max(LEAST, nearest.volatility ** 2 * expiry - before);
    before += growth;
    return Math.sqrt(growth);
  });
  return [...growths, 0, 0, 0];
}
