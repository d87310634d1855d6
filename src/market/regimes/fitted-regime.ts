import type { CalibratedModels, Calibration } from "../calibration/calibrate.js";
import type { History } from "../history/history.js";
import type { Process } from "../processes/process.js";
import type { DatedMoment } from "./moments.js";
import type { RegimePeriod } from "./regime-period.js";
import type { RegimeLabel } from "./watched.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";
import { calibrate } from "../calibration/calibrate.js";
import { regimes } from "../processes/regimes.js";

/** A regime with what was fitted to its returns. */
export interface FittedRegime<OptionsT> {
  readonly label: RegimeLabel;
  /** Annual, from the mean square of its returns. */
  readonly volatility: number;
  /** How long it lasts on average, seconds. */
  readonly lasts: number;
  /** Its share of the returns, 0 to 1. */
  readonly share: number;
  /** Its process is that of a scenario which never leaves the regime. */
  readonly calibration: Calibration<OptionsT>;
}

interface Fitting<ModelT> {
  readonly labels: readonly RegimeLabel[];
  readonly moments: readonly DatedMoment[];
  readonly periods: readonly RegimePeriod[];
  readonly spacing: number;
  readonly model: ModelT;
}

/** Fits the model to the returns of each regime. @throws SiegeError `INVALID_HISTORY` if one has too few */
export function fittedTo<ModelT extends keyof CalibratedModels>({
  labels,
  moments,
  periods,
  spacing,
  model,
}: Fitting<ModelT>): readonly FittedRegime<CalibratedModels[ModelT]>[] {
  const there = (["calm", "turbulent", "only"] as const).filter((label) => labels.includes(label));
  return there.map((label) => {
    const own = moments.filter((_moment, index) => labels[index] === label);
    const squares = own.reduce((sum, { logReturn }) => sum + logReturn ** 2, 0) / own.length;
    const stretches = periods.filter((period) => period.label === label).length;
    return {
      label,
      volatility: Math.sqrt((squares * SECONDS_PER_YEAR) / spacing),
      lasts: (own.length * spacing) / stretches,
      share: own.length / moments.length,
      calibration: calibrate(returnsAsHistory(own, spacing), model, { drift: 0 }),
    };
  });
}

/** Returns as a history, each after the other. */
function returnsAsHistory(moments: readonly DatedMoment[], spacing: number): History {
  let reached = 0;
  const prices = moments.map(({ logReturn }) => Math.exp((reached += logReturn)));
  return { prices: [1, ...prices], spacing };
}

/** All regimes by turns, each with the volatility of its returns. */
export function processOf(fitted: readonly FittedRegime<unknown>[]): Process {
  const [only, other] = fitted;
  if (other === undefined && only !== undefined) return only.calibration.process;
  return regimes({
    states: fitted.map(({ volatility, lasts }) => ({
      volatility: Math.min(20, volatility),
      lasts: Math.min(1e9, Math.max(1, lasts)),
    })),
  });
}
