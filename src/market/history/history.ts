import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireOneOf, shown } from "../../options.js";

const GAPS = ["refuse", "keep"] as const;

/** What prices have been, oldest first. */
export interface History {
  /** In any one unit: only their ratios count. */
  readonly prices: readonly number[];
  /** Seconds between two prices, 1 to 31,536,000. */
  readonly spacing: number;
  /** When each price was, Unix seconds. Default: `spacing` apart. */
  readonly times?: readonly number[];
  /**
   * Whether some of them may be further apart than `spacing`. A gap is then kept for what it is: its return counts in no
   * calibration, and a replay takes its time over it. Default `refuse`.
   */
  readonly gaps?: (typeof GAPS)[number];
}

/** A history that has been checked. */
export interface CheckedHistory {
  readonly prices: readonly number[];
  readonly spacing: number;
  /** Seconds; from 0 if the history has no times. */
  readonly times: readonly number[];
}

/** Seconds by which a time may be off: what doubles and feeds round. */
const ROUNDING = 0.001;

/**
 * Checks a history.
 *
 * @param owner - what it is for: `replay`
 * @param fewest - rows that are needed at least
 * @param nameOf - what a row is called, by its index. Default: `row 7`, counted from 1
 * @throws SiegeError `INVALID_HISTORY` with the first row that is wrong; `INVALID_OPTION`
 */
export function requireHistory(
  owner: string,
  history: History,
  fewest: number,
  nameOf: (index: number) => string = (index) => `row ${index + 1}`,
): CheckedHistory {
  requireKnown(`${owner}: a history`, history, ["prices", "spacing", "times", "gaps"]);
  const { prices, spacing, times, gaps = "refuse" } = history;
  requireInRange(owner, "spacing", spacing, { min: 1, max: 31_536_000 });
  requireOneOf(owner, "gaps", gaps, GAPS);
  requireRows(owner, "prices", prices, fewest);
  for (const [index, price] of Array.from(prices).entries()) requirePrice(owner, price, nameOf(index));
  if (times === undefined) return { prices, spacing, times: prices.map((_price, index) => index * spacing) };
  requireRows(owner, "times", times, fewest);
  if (times.length !== prices.length) {
    throw invalid(
      `${owner}: the history has ${prices.length} prices and ${times.length} times.`,
      "Give each price its time.",
    );
  }
  for (const [index, time] of Array.from(times).entries()) {
    if (typeof time !== "number" || !Number.isFinite(time)) {
      throw invalid(`${owner}: the time in ${nameOf(index)} is ${shown(time)}.`, "Times are Unix seconds.");
    }
    if (index > 0) requireInterval(owner, { time, before: times[index - 1] ?? time, spacing, gaps }, nameOf, index);
  }
  return { prices, spacing, times };
}

/** The log returns over one spacing; those across gaps are left out. */
export function returnsOf(history: CheckedHistory): {
  readonly returns: Float64Array;
  readonly leftOut: number;
} {
  const { prices } = history;
  const returns: number[] = [];
  for (let index = 1; index < prices.length; index++) {
    if (isOneSpacing(history, index)) returns.push(Math.log((prices[index] ?? 1) / (prices[index - 1] ?? 1)));
  }
  return { returns: Float64Array.from(returns), leftOut: prices.length - 1 - returns.length };
}

/** Whether a row comes one spacing after the one before it, not after a gap. @param row - from 1 */
export function isOneSpacing({ times, spacing }: CheckedHistory, row: number): boolean {
  return (times[row] ?? 0) - (times[row - 1] ?? 0) <= spacing + ROUNDING;
}

function requireRows(owner: string, name: string, rows: unknown, fewest: number): void {
  if (!Array.isArray(rows)) {
    throw invalid(
      `${owner}: "${name}" of the history is ${shown(rows)}.`,
      "It must be a list of numbers, oldest first.",
    );
  }
  if (rows.length >= fewest) return;
  throw invalid(
    `${owner}: the history has ${rows.length} row${rows.length === 1 ? "" : "s"}.`,
    `It needs at least ${fewest}: a longer history, or one with shorter spacing.`,
  );
}

function requirePrice(owner: string, price: unknown, name: string): void {
  if (typeof price === "number" && Number.isFinite(price) && price > 0) return;
  throw invalid(
    `${owner}: the price in ${name} is ${shown(price)}.`,
    'Prices must be finite numbers above 0. Leave the row out, and keep the gap with gaps: "keep".',
  );
}

function requireInterval(
  owner: string,
  { time, before, spacing, gaps }: { time: number; before: number; spacing: number; gaps: (typeof GAPS)[number] },
  nameOf: (index: number) => string,
  index: number,
): void {
  const interval = time - before;
  const [name, previous] = [nameOf(index), nameOf(index - 1)];
  if (Math.abs(interval) <= ROUNDING) {
    throw invalid(`${owner}: ${name} is a duplicate: it has the time of ${previous}.`, "Keep one of them.");
  }
  if (interval < 0) throw invalid(`${owner}: ${name} is earlier than ${previous}.`, "Sort the rows, oldest first.");
  if (interval < spacing - ROUNDING) {
    throw invalid(
      `${owner}: ${name} is ${interval} s after ${previous}, with a spacing of ${spacing} s.`,
      "Give the history's shortest interval as its spacing, or leave the row out.",
    );
  }
  if (gaps === "keep" || interval <= spacing + ROUNDING) return;
  throw invalid(
    `${owner}: there is a gap of ${interval} s before ${name}, with a spacing of ${spacing} s.`,
    'Fill in the missing rows, or keep the gap with gaps: "keep": its return is then left out.',
  );
}

function invalid(message: string, hint: string): SiegeError {
  return new SiegeError("INVALID_HISTORY", { message, hint });
}
