import type { Moment, TwoStates } from "./two-state.js";

import { changesIn } from "./detection.js";
import { logSizes } from "./moments.js";
import { filtered, smoothed } from "./two-state.js";

/** The name of a regime; `only` if the history has no other. */
export type RegimeLabel = "calm" | "turbulent" | "only";

/** That the regime was seen to have changed. */
interface Alarm {
  /** The moment after which it was. */
  readonly foundAt: number;
  /** The first moment of the new regime, if the alarm tells. */
  readonly at?: number;
  readonly to: RegimeLabel;
}

/** What was seen, moment by moment and without looking ahead. */
export interface Watched {
  readonly alarms: readonly Alarm[];
  /** The regime after the last moment. */
  readonly now: RegimeLabel;
}

/** How moments are watched, and what they are called with hindsight. */
export interface Watching<MomentT> {
  readonly watch: (moments: readonly MomentT[]) => Watched;
  readonly labels: readonly RegimeLabel[];
}

/** How probable the other state must be: at a half, a few large returns in a row would do. */
const CERTAIN = 0.9;

/** @param states - `undefined` if the moments have one regime */
export function watchedBy(
  method: "two-state" | "bayesian" | "cusum",
  moments: readonly Moment[],
  states: TwoStates | undefined,
): Watching<Moment> {
  return method === "two-state" ? byStates(moments, states) : byChanges(method, moments);
}

function byStates(moments: readonly Moment[], states: TwoStates | undefined): Watching<Moment> {
  if (states === undefined) return { watch: () => ({ alarms: [], now: "only" }), labels: moments.map(() => "only") };
  return {
    labels: [...smoothed(states, moments)].map(labelAt),
    watch: (given) => {
      const alarms: Alarm[] = [];
      let now: RegimeLabel | undefined;
      for (const [foundAt, turbulent] of filtered(states, given).entries()) {
        const to = labelAt(turbulent);
        if (to === now || Math.max(turbulent, 1 - turbulent) < CERTAIN) continue;
        if (now !== undefined) alarms.push({ foundAt, to });
        now = to;
      }
      return { alarms, now: now ?? "calm" };
    },
  };
}

function labelAt(turbulent: number): RegimeLabel {
  return turbulent > 0.5 ? "turbulent" : "calm";
}

/** Cuts where the size of returns changes; each stretch has the name of the one of two volatilities that is nearer. */
function byChanges(method: "bayesian" | "cusum", moments: readonly Moment[]): Watching<Moment> {
  const { values, warmUp } = logSizes(moments);
  const changes = changesIn(values, { method, warmUp });
  const cuts = [0, ...changes.map(({ at }) => at), moments.length];
  const stretches = cuts.slice(1).map((end, index) => values.slice(cuts[index], end));
  const middle = changes.length === 0 ? undefined : middleOf(stretches);
  const nameOf = (sizes: readonly number[]): RegimeLabel =>
    middle === undefined ? "only" : meanOf(sizes) > middle ? "turbulent" : "calm";
  const names = stretches.map(nameOf);
  return {
    labels: moments.map((_moment, index) => names[cuts.findLastIndex((cut) => cut <= index)] ?? "only"),
    watch: (given) => {
      const { values: sizes } = logSizes(given);
      const found = changesIn(sizes, { method, warmUp });
      const alarms = found.map(({ at, foundAt }) => ({ at, foundAt, to: nameOf(sizes.slice(at, foundAt + 1)) }));
      return { alarms, now: nameOf(sizes.slice(found.at(-1)?.at ?? 0)) };
    },
  };
}

/** Between two groups of stretches that differ within themselves as little as possible (Otsu's threshold). */
function middleOf(stretches: readonly (readonly number[])[]): number {
  const sorted = stretches
    .map((sizes) => ({ size: meanOf(sizes), weight: sizes.length }))
    .sort((one, other) => one.size - other.size);
  let best = { apart: -1, middle: 0 };
  for (let cut = 1; cut < sorted.length; cut++) {
    const [low, high] = [together(sorted.slice(0, cut)), together(sorted.slice(cut))];
    const apart = low.weight * high.weight * (high.size - low.size) ** 2;
    if (apart > best.apart) best = { apart, middle: (low.size + high.size) / 2 };
  }
  return best.middle;
}

interface Weighed {
  readonly size: number;
  readonly weight: number;
}

function together(stretches: readonly Weighed[]): Weighed {
  const weight = stretches.reduce((sum, one) => sum + one.weight, 0);
  return { weight, size: stretches.reduce((sum, one) => sum + one.size * one.weight, 0) / weight };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
