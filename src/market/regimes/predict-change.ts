import type { Moment, TwoStates } from "./two-state.js";

import { filtered, fitTwoStates, smoothed } from "./two-state.js";

/** How likely it is that the regime ends soon, and how good such predictions were. */
export interface ChangePrediction {
  /** The horizon, seconds: a whole number of spacings. */
  readonly within: number;
  /** The probability of at least one change of regime within the horizon from the last price on. */
  readonly probability: number;
  /**
   * The Brier score of such predictions over the second half of the history, by the model fitted to the first half: the mean square of
   * probability minus outcome. 0 is perfect.
   */
  readonly brier: number;
  /** How often a change came within the horizon in the first half. */
  readonly baseRate: number;
  /** The Brier score of predicting that rate every time. */
  readonly baseRateBrier: number;
  /** That of the rate in the second half, which nobody could have known: the best of all constants. */
  readonly hindsightBrier: number;
  /** Predictions that were scored. They overlap, so they say less than as many independent ones. */
  readonly predictions: number;
}

/** The probability of at least one switch within so many moments, by the present belief. */
function changeWithin({ leaves: [calm, turbulent] }: TwoStates, belief: number, moments: number): number {
  return (1 - belief) * (1 - (1 - calm) ** moments) + belief * (1 - (1 - turbulent) ** moments);
}

/**
 * Predicts changes of regime, and scores such predictions out of sample.
 *
 * @param states - fitted to all moments
 * @param steps - the horizon, moments
 * @returns `undefined` if the first half has one regime, or the second half is no longer than the horizon
 */
export function predictChange(
  states: TwoStates,
  moments: readonly Moment[],
  { steps, spacing }: { readonly steps: number; readonly spacing: number },
): ChangePrediction | undefined {
  const half = moments.length >> 1;
  const known = fitTwoStates(moments.slice(0, half));
  if (known === undefined || moments.length - half <= steps) return undefined;
  const believed = filtered(known, moments);
  const isTurbulent = smoothed(states, moments).map((probability) => (probability > 0.5 ? 1 : 0));
  /** How many moments after each the regime is another. */
  const next = new Float64Array(moments.length).fill(Infinity);
  for (let index = moments.length - 2; index >= 0; index--) {
    next[index] = isTurbulent[index] === isTurbulent[index + 1] ? (next[index + 1] ?? Infinity) + 1 : 1;
  }
  const cameAfter = (index: number): number => ((next[index] ?? Infinity) <= steps ? 1 : 0);
  const [before, after] = [range(0, half), range(half, moments.length - steps)];
  const baseRate = meanOf(before, cameAfter);
  const hindsight = meanOf(after, cameAfter);
  return {
    within: steps * spacing,
    probability: changeWithin(states, filtered(states, moments).at(-1) ?? 0, steps),
    brier: meanOf(after, (index) => (changeWithin(known, believed[index] ?? 0, steps) - cameAfter(index)) ** 2),
    baseRate,
    baseRateBrier: meanOf(after, (index) => (baseRate - cameAfter(index)) ** 2),
    hindsightBrier: hindsight * (1 - hindsight),
    predictions: after.length,
  };
}

/** Whole numbers, the end excluded. */
function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_value, index) => from + index);
}

function meanOf(indices: readonly number[], value: (index: number) => number): number {
  return indices.reduce((sum, index) => sum + value(index), 0) / indices.length;
}
