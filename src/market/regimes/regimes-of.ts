import type { CalibratedModels } from "../calibration/calibrate.js";
import type { History } from "../history/history.js";
import type { Process } from "../processes/process.js";
import type { FittedRegime } from "./fitted-regime.js";
import type { ChangePrediction } from "./predict-change.js";
import type { RegimeChange, RegimePeriod } from "./regime-period.js";
import type { RegimeLabel } from "./watched.js";

import { requireInRange, requireKnown, requireOneOf } from "../../options.js";
import { requireHistory } from "../history/history.js";

import { falseAlarmsIn } from "./false-alarms.js";
import { fittedTo, processOf } from "./fitted-regime.js";
import { momentsOf } from "./moments.js";
import { predictChange } from "./predict-change.js";
import { changesOf, periodsOf } from "./regime-period.js";
import { fitTwoStates } from "./two-state.js";
import { watchedBy } from "./watched.js";

const METHODS = ["two-state", "bayesian", "cusum"] as const;

/** Returns that a history must have: fewer show no regime that ends. */
const FEWEST = 200;

/** Options of {@link regimesOf}. */
export interface RegimesOfOptions<ModelT extends keyof CalibratedModels = "gbm"> {
  /**
   * How regimes are told apart: `two-state`, a hidden Markov model of volatility and depth; `bayesian` or `cusum`, change points in the
   * size of returns. Default `two-state`.
   */
  readonly method?: (typeof METHODS)[number];
  /** What could be traded at each price, in any unit: a pool's reserves, an order book's depth. `two-state` takes it into account. */
  readonly depth?: readonly number[];
  /** The model that is fitted to the returns of each regime; its drift is taken as 0. Default `gbm`. */
  readonly model?: ModelT;
  /** The horizon of the prediction, seconds: 1 to 31,536,000, rounded up to whole spacings. Default 86,400. */
  readonly within?: number;
}

/** What {@link regimesOf} returns. */
export interface HistoryRegimes<OptionsT> {
  readonly method: (typeof METHODS)[number];
  /** Without a gap in between, oldest first. */
  readonly periods: readonly RegimePeriod[];
  /** Calm first; a single one if the history has no other. */
  readonly regimes: readonly FittedRegime<OptionsT>[];
  /** The regime of the last price, as known then, and since when. */
  readonly now: { readonly label: RegimeLabel; readonly since: number };
  readonly changes: readonly RegimeChange[];
  /** Alarms per year where nothing changes: in the same returns, put in random order. */
  readonly falseAlarms: number;
  /** Both regimes by turns, for a scenario; the process of the only one. */
  readonly process: Process;
  /** Absent if half of the history has one regime, so that predictions cannot be scored. */
  readonly prediction?: ChangePrediction;
}

/**
 * Labels a history with its regimes, fits a process to each, and says how late changes were found and how often there would have been
 * a false alarm. A regime is a volatility that lasts: `two-state` gives each return the likelier of two states by the whole history,
 * with Student's t of 4 degrees of freedom so that a single jump is no regime; `bayesian` and `cusum` cut the history where the size of
 * returns has changed, and call a stretch after the one of two volatilities that is nearer. Changes are dated with hindsight, and
 * found without.
 *
 * @param history - at least 201 prices; see {@link fromCsv}
 * @throws SiegeError `INVALID_HISTORY` if it is too short, or if a regime has too few returns for the model; `INVALID_OPTION`
 * @example
 * ```ts
 * const { now, regimes, process, prediction } = regimesOf(history, { depth: reserves, within: 3_600 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function regimesOf<ModelT extends keyof CalibratedModels = "gbm">(
  history: History,
  options: RegimesOfOptions<ModelT> = {},
): HistoryRegimes<CalibratedModels[ModelT]> {
  const owner = "regimesOf";
  requireKnown(owner, options, ["method", "depth", "model", "within"]);
  const { method = "two-state", within = 86_400 } = options;
  requireOneOf(owner, "method", method, METHODS);
  requireInRange(owner, "within", within, { min: 1, max: 31_536_000 });
  const checked = requireHistory(owner, history, FEWEST + 1);
  const moments = momentsOf(owner, checked, options.depth);
  const states = fitTwoStates(moments);
  const { watch, labels } = watchedBy(method, moments, states);
  const watched = watch(moments);
  const { spacing } = checked;
  const periods = periodsOf(labels, moments, spacing);
  const changes = changesOf(watched, periods, moments);
  // the default is the type's, too
  const model = (options.model ?? "gbm") as ModelT;
  const fitted = fittedTo({ labels, moments, periods, spacing, model });
  const last = moments.at(-1)?.time ?? 0;
  const present = watched.now;
  const since = changes.findLast(({ to, foundAt }) => to === present && foundAt !== undefined)?.at ?? checked.times[0];
  const prediction = states && predictChange(states, moments, { steps: Math.ceil(within / spacing), spacing });
  return {
    method,
    periods,
    regimes: fitted,
    now: { label: present, since: since ?? last },
    changes,
    falseAlarms: falseAlarmsIn(moments, watch, spacing),
    process: processOf(fitted),
    ...(prediction === undefined ? {} : { prediction }),
  };
}
