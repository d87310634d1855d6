import type { CheckedHistory, History } from "../history/history.js";
import type { GbmOptions } from "../processes/gbm.js";
import type { HawkesOptions } from "../processes/hawkes.js";
import type { KouOptions } from "../processes/kou.js";
import type { MertonOptions } from "../processes/merton.js";
import type { Process } from "../processes/process.js";
import type { Fit } from "./fit.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireOneOf } from "../../options.js";
import { requireHistory, returnsOf } from "../history/history.js";
import { gbm } from "../processes/gbm.js";
import { hawkes } from "../processes/hawkes.js";
import { kou } from "../processes/kou.js";
import { merton } from "../processes/merton.js";

import { fitGbm } from "./gbm.js";
import { fitHawkes } from "./hawkes.js";
import { fitKou } from "./kou.js";
import { fitMerton } from "./merton.js";

/** The parameters of the models that a history can determine. */
export interface CalibratedModels {
  readonly gbm: GbmOptions;
  readonly merton: MertonOptions;
  readonly kou: KouOptions;
  readonly hawkes: HawkesOptions;
}

/** Options of {@link calibrate}. */
export interface CalibrateOptions {
  /**
   * The annual drift of the price, -20 to 20, where it is not to be estimated. A history determines it by its first and last
   * price alone, so its error is large: the volatility divided by the root of the history's years.
   */
  readonly drift?: number;
}

/** A model fitted to a history. */
export interface Calibration<OptionsT> {
  /** For a scenario: `assets: { ETH: { process } }`. */
  readonly process: Process;
  /** What `process` was made with, in the units of its options. */
  readonly parameters: Required<OptionsT>;
  /** Standard errors of the parameters, in their units. 0 for a given drift. */
  readonly errors: Readonly<Record<keyof OptionsT, number>>;
  /**
   * 95 % intervals of the parameters, in their units: of their logarithms, or odds, where these cannot be negative, so that they are not
   * symmetric.
   */
  readonly intervals: Readonly<Record<keyof OptionsT, readonly [lower: number, upper: number]>>;
  /** `filtered` for `hawkes`, where the rate of jumps is not seen and follows from the returns so far. */
  readonly method: "maximum likelihood" | "filtered maximum likelihood";
  /** Natural logarithm of the likelihood, by which models of one history are compared. */
  readonly logLikelihood: number;
  /** Number of returns that were fitted. */
  readonly returns: number;
  /** Number of returns that were not, because they are those across gaps. */
  readonly leftOut: number;
}

/** How each model is fitted, and made; and the returns that it takes at least, about 20 for each parameter. */
const MODELS = {
  gbm: { fit: fitGbm, make: gbm, fewest: 10, method: "maximum likelihood" },
  merton: { fit: fitMerton, make: merton, fewest: 100, method: "maximum likelihood" },
  kou: { fit: fitKou, make: kou, fewest: 100, method: "maximum likelihood" },
  hawkes: { fit: fitHawkes, make: hawkes, fewest: 140, method: "filtered maximum likelihood" },
} as const;

/**
 * Fits a model to a history of prices by maximum likelihood: of the exact transition densities, which for `gbm` has a closed
 * form, for `merton` is a sum over the number of jumps, and for `kou` is inverted from the characteristic function (Fang and
 * Oosterlee, *A novel pricing method for European options based on Fourier-cosine series expansions*, 2008). For `hawkes`, it is
 * an approximation: the rate of jumps, which nobody sees, is that which the returns so far let expect; take a history whose
 * spacing is a fraction of the memory. Standard errors are from the observed information, as right as the model is.
 *
 * @param history - at least 11 prices for `gbm`, 101 for `merton` and `kou`, and 141 for `hawkes`; see {@link fromCsv}
 * @throws SiegeError `INVALID_HISTORY` with the row that is wrong, or with what the history does not determine;
 * `INVALID_OPTION`
 * @example
 * ```ts
 * const { process, parameters, errors } = calibrate({ prices: closes, spacing: 3_600 }, "merton", { drift: 0 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function calibrate<ModelT extends keyof CalibratedModels>(
  history: History,
  model: ModelT,
  options: CalibrateOptions = {},
): Calibration<CalibratedModels[ModelT]> {
  requireOneOf("calibrate", "model", model, Object.keys(MODELS));
  requireKnown("calibrate", options, ["drift"]);
  const { drift } = options;
  if (drift !== undefined) requireInRange("calibrate", "drift", drift, { min: -20, max: 20 });
  const { fit, make, fewest, method } = MODELS[model];
  const owner = `calibrate: ${model}`;
  const checked = requireHistory(owner, history, fewest + 1);
  const { returns, leftOut } = returnsOf(checked);
  requireMoving(owner, checked, returns, fewest);
  const fitted = fit({ owner, returns, spacing: checked.spacing, drift }) as Fit<string>;
  requireDrift(owner, fitted);
  return {
    process: (make as (options: unknown) => Process)(fitted.parameters),
    // what a model's fit returns is what the model's process takes
    parameters: fitted.parameters as Required<CalibratedModels[ModelT]>,
    errors: fitted.errors as Calibration<CalibratedModels[ModelT]>["errors"],
    intervals: fitted.intervals as Calibration<CalibratedModels[ModelT]>["intervals"],
    method,
    logLikelihood: fitted.logLikelihood,
    returns: returns.length,
    leftOut,
  };
}

function requireMoving(owner: string, { prices }: CheckedHistory, returns: Float64Array, fewest: number): void {
  if (returns.length < fewest) {
    throw new SiegeError("INVALID_HISTORY", {
      message: `${owner}: without its gaps, the history has ${returns.length} returns.`,
      hint: `It needs at least ${fewest}: fill the gaps in, or give a longer history.`,
    });
  }
  if (returns.some((value) => value !== returns[0])) return;
  throw new SiegeError("INVALID_HISTORY", {
    message: `${owner}: the history's price ${returns[0] === 0 ? `is ${prices[0] ?? 0} in all rows` : "changes by the same factor each time"}.`,
    hint: "Nothing random can be fitted to it. Use path(...) or replay(...) for what is known.",
  });
}

function requireDrift(owner: string, { parameters, errors }: Fit<string>): void {
  const { drift = 0 } = parameters;
  if (Math.abs(drift) <= 20) return;
  throw new SiegeError("INVALID_HISTORY", {
    message: `${owner}: the history's drift is ${drift.toFixed(0)} per year, with an error of ${(errors.drift ?? 0).toFixed(0)}.`,
    hint: "So short a history does not determine it. Give it: calibrate(history, model, { drift: 0 }).",
  });
}
