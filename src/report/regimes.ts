import type { HistoryRegimes, RegimeChange, RegimeEnd, RegimePeriod } from "../market/index.js";

import { formatPercent, formatSpan } from "../quantity/format.js";
import { formatProbability } from "../quantity/probability.js";

import { count, row, toText } from "./lines.js";

/** The most changes that are listed, the last ones. */
const LISTED = 6;

/** From here on, seconds are a moment: before 2001, they are those since the first price. */
const A_MOMENT = 1e9;

/**
 * The regimes of a history as text.
 *
 * @param result - of `regimesOf(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderRegimes(result: HistoryRegimes<object>): string {
  const { method, periods, regimes, now, changes, falseAlarms, prediction } = result;
  const returns = periods.reduce((sum, period) => sum + period.returns, 0);
  const others = periods.length - 1 - Math.min(LISTED, changes.length);
  return toText([
    `${count(regimes.length, "regime")} in ${count(returns, "return")}, ${spanText(periods)}, by ${method}`,
    ...regimes.map(({ label, volatility, lasts, share }) =>
      row(
        label,
        `${formatPercent(volatility)} a year, ${formatPercent(share)} of the time, ${formatSpan(roughly(lasts))} on average`,
      ),
    ),
    row("now", `${now.label}, since ${momentText(now.since)}`),
    ...changes.slice(-LISTED).map((change) => row("change", changeText(change))),
    ...(others > 0 ? [row("", `and ${others} before`)] : []),
    ...(changes.length > 0 ? [row("delay", delayText(changes))] : []),
    row("alarms", `${falseAlarms.toFixed(1)} per year in the same returns in random order, where nothing changes`),
    ...(prediction === undefined
      ? []
      : [
          row(
            "prediction",
            `${formatProbability(prediction.probability)} for a change within ${formatSpan(prediction.within)}`,
          ),
          row(
            "",
            `Brier score ${prediction.brier.toFixed(3)} over ${count(prediction.predictions, "prediction")}; ` +
              `the past's rate of ${formatProbability(prediction.baseRate)} every time scores ${prediction.baseRateBrier.toFixed(3)}`,
          ),
        ]),
  ]);
}

/** Whether the regime of a moment has ended, as a line. @param moment - Unix seconds */
export function renderRegimeEnd({ then, ended, change }: RegimeEnd, moment: number): string {
  const since = `${then} when it was tuned, ${momentText(moment)}`;
  if (!ended) return toText([row("tuned", `${since}: that regime goes on`)]);
  return toText([
    row("tuned", `${since}: that regime has ended${change === undefined ? "" : `, ${changeText(change)}`}`),
  ]);
}

function spanText(periods: readonly RegimePeriod[]): string {
  const [from, to] = [periods[0]?.from ?? 0, periods.at(-1)?.to ?? 0];
  return `${momentText(from)} to ${momentText(to)}`;
}

function changeText({ to, at, delay }: RegimeChange): string {
  const when =
    delay === undefined
      ? "not found before it ended"
      : delay === 0
        ? "found at once"
        : `found ${formatSpan(delay)} later`;
  return `${to} from ${momentText(at)}, ${when}`;
}

function delayText(changes: readonly RegimeChange[]): string {
  const delays = changes.flatMap(({ delay }) => delay ?? []).sort((one, other) => one - other);
  const missed = changes.length - delays.length;
  const median = delays[delays.length >> 1];
  const found =
    median === undefined ? "none was found" : `median ${formatSpan(median)}, longest ${formatSpan(delays.at(-1) ?? 0)}`;
  return `${found}; ${missed} of ${count(changes.length, "change")} missed`;
}

/** In whole hours from a day on, else in whole minutes. */
function roughly(seconds: number): number {
  const unit = seconds < 86_400 ? 60 : 3_600;
  return Math.max(1, Math.round(seconds / unit)) * unit;
}

/** `2020-03-12 05:00 UTC`; `3 days` after the first price if times are not known. */
function momentText(seconds: number): string {
  if (seconds < A_MOMENT) return seconds === 0 ? "the start" : `${formatSpan(seconds)} after the start`;
  return `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
