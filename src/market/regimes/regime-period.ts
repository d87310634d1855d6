import type { DatedMoment } from "./moments.js";
import type { RegimeLabel, Watched } from "./watched.js";

/** A stretch of a history in one regime. */
export interface RegimePeriod {
  readonly label: RegimeLabel;
  /** Of its first and its last price, Unix seconds; seconds from the first price if the history has no times. */
  readonly from: number;
  readonly to: number;
  /** Returns in it. */
  readonly returns: number;
}

/** A change of regime, and when it could be known. */
export interface RegimeChange {
  readonly to: RegimeLabel;
  /** The first price of the new regime, Unix seconds. */
  readonly at: number;
  /** The price after which it was found, looking at no later one. Absent if the regime had ended by then. */
  readonly foundAt?: number;
  /** Seconds in between. */
  readonly delay?: number;
}

/** The stretches of labels, oldest first. */
export function periodsOf(
  labels: readonly RegimeLabel[],
  moments: readonly DatedMoment[],
  spacing: number,
): readonly RegimePeriod[] {
  const periods: RegimePeriod[] = [];
  for (const [index, label] of labels.entries()) {
    const time = moments[index]?.time ?? 0;
    const before = periods.at(-1);
    if (before?.label === label) periods.splice(-1, 1, { ...before, to: time, returns: before.returns + 1 });
    else periods.push({ label, from: before === undefined ? time - spacing : time, to: time, returns: 1 });
  }
  return periods;
}

/** The changes between periods, and when they were found. */
export function changesOf(
  { alarms }: Watched,
  periods: readonly RegimePeriod[],
  moments: readonly DatedMoment[],
): readonly RegimeChange[] {
  const told = alarms.map(({ at, foundAt, to }) => ({
    since: at === undefined ? undefined : moments[at]?.time,
    time: moments[foundAt]?.time ?? 0,
    to,
  }));
  return periods.slice(1).map(({ label: to, from: at, to: end }) => {
    const dated = told.find(({ since }) => since === at);
    // a filter may be there before hindsight is
    const before = told.findLast((alarm) => alarm.time <= at);
    const later = told.find((alarm) => alarm.to === to && alarm.time > at && alarm.time <= end);
    const found = dated?.time ?? (before?.to === to ? at : later?.time);
    return { to, at, ...(found === undefined ? {} : { foundAt: found, delay: found - at }) };
  });
}
