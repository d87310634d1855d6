import type { CheckedHistory } from "../history/history.js";
import type { Moment } from "./two-state.js";

import { SiegeError } from "../../errors.js";
import { shown } from "../../options.js";
import { isOneSpacing } from "../history/history.js";

/** A moment of a history: the return that ended at a row. Those across gaps are left out. */
export interface DatedMoment extends Moment {
  /** Unix seconds. */
  readonly time: number;
  /** The row at which the return ended, from 0. */
  readonly row: number;
}

/**
 * The moments of a history, with the depth at each if it is known.
 *
 * @param depth - what could be traded at each price, in any unit, above 0
 * @throws SiegeError `INVALID_HISTORY`
 */
export function momentsOf(
  owner: string,
  history: CheckedHistory,
  depth: readonly number[] | undefined,
): readonly DatedMoment[] {
  const { prices, times } = history;
  if (depth !== undefined) requireDepth(owner, depth, prices.length);
  return prices.slice(1).flatMap((price, index) => {
    const row = index + 1;
    if (!isOneSpacing(history, row)) return [];
    const logDepth = depth === undefined ? {} : { logDepth: Math.log(depth[row] ?? 1) };
    return { row, time: times[row] ?? 0, logReturn: Math.log(price / (prices[index] ?? price)), ...logDepth };
  });
}

/** The first returns, from which detectors take what is usual. */
const WARM_UP = 96;

/** A return is at least this part of the median size: where a price stands still, the logarithm has no bound. */
const LEAST = 0.25;

/**
 * The logarithms of the sizes of returns: a change of volatility shifts their mean, and a single jump is no outlier among
 * them.
 */
export function logSizes(moments: readonly Moment[]): { readonly values: readonly number[]; readonly warmUp: number } {
  const sizes = moments.map(({ logReturn }) => Math.abs(logReturn));
  const first = sizes.slice(0, WARM_UP).sort((one, other) => one - other);
  const positive = sizes.filter((size) => size > 0);
  const median = first[first.length >> 1] ?? 0;
  const least = LEAST * (median > 0 ? median : positive.reduce((a, b) => Math.min(a, b), Infinity));
  return { values: sizes.map((size) => Math.log(Math.max(size, least))), warmUp: WARM_UP };
}

function requireDepth(owner: string, depth: readonly number[], prices: number): void {
  if (!Array.isArray(depth) || depth.length !== prices) {
    throw new SiegeError("INVALID_HISTORY", {
      message: `${owner}: "depth" is ${shown(depth)}, for ${prices} prices.`,
      hint: "Give one number for each price: what could be traded then.",
    });
  }
  const wrong = depth.findIndex((value) => !(Number.isFinite(value) && value > 0));
  if (wrong === -1) return;
  throw new SiegeError("INVALID_HISTORY", {
    message: `${owner}: the depth in row ${wrong + 1} is ${shown(depth[wrong])}.`,
    hint: "It must be a finite number above 0.",
  });
}
