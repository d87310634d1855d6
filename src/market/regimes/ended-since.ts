import type { RegimeChange } from "./regime-period.js";
import type { HistoryRegimes } from "./regimes-of.js";
import type { RegimeLabel } from "./watched.js";

import { SiegeError } from "../../errors.js";

/** Whether the regime in which something was decided has ended. */
export interface RegimeEnd {
  /** The regime then, with hindsight. */
  readonly then: RegimeLabel;
  /** Whether the present regime is another. */
  readonly ended: boolean;
  /** The last change to the present regime; absent unless it ended, or if it is not dated. */
  readonly change?: RegimeChange;
}

/**
 * Whether the regime of a moment has ended by the last price: that for which parameters were chosen, say. One that ended and came back has
 * not.
 *
 * @param moment - Unix seconds within the history
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const { ended, change } = regimeEndedSince(regimesOf(history), Date.parse("2020-02-20") / 1000);
 * ```
 */
export function regimeEndedSince({ periods, changes, now }: HistoryRegimes<object>, moment: number): RegimeEnd {
  const period = periods.find(({ from, to }) => moment >= from && moment <= to);
  if (period === undefined) {
    const [first, last] = [periods[0]?.from ?? 0, periods.at(-1)?.to ?? 0];
    throw new SiegeError("INVALID_OPTION", {
      message: `regimeEndedSince: the moment ${moment} is not in the history.`,
      hint: `Give Unix seconds from ${first} to ${last}.`,
    });
  }
  const { label: then } = period;
  if (now.label === then) return { then, ended: false };
  const change = changes.findLast(({ to, at }) => to === now.label && at > moment);
  return { then, ended: true, ...(change === undefined ? {} : { change }) };
}
