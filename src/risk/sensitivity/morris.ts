import type { Random } from "../../market/random.js";
import type { BootstrapInterval } from "../intervals/interval.js";

import { bootstrapIntervals } from "../intervals/bootstrap.js";

/** Points of the unit cube, each of which differs from the one before in one coordinate. */
export type Trajectory = readonly (readonly number[])[];

/** A trajectory with the value of a function at each of its points. */
export interface MorrisValues {
  readonly points: Trajectory;
  readonly values: readonly number[];
}

/** What one parameter does to an output over its whole range, in the output's unit. */
export interface MorrisEffect {
  /** Mean of the elementary effects: effects of opposite signs cancel out. */
  readonly mu: number;
  /** Mean of their sizes: how much it matters (Campolongo, Cariboni and Saltelli 2007). */
  readonly muStar: number;
  readonly muStarInterval: BootstrapInterval;
  /** Their standard deviation: how far its effect depends on where it is, or on other parameters. */
  readonly sigma: number;
}

/**
 * Random trajectories of Morris (*Factorial Sampling Plans for Preliminary Computational Experiments*, Technometrics 33, 1991): each
 * changes every coordinate once, by `levels / (2 (levels - 1))`. They take `trajectories · (dimensions + 1)` values.
 *
 * @param levels - an even number of evenly spaced values a coordinate can have, at least 4
 */
export function morrisTrajectories(
  trajectories: number,
  dimensions: number,
  { levels, random }: { readonly levels: number; readonly random: Random },
): readonly Trajectory[] {
  const jump = levels / 2;
  return Array.from({ length: trajectories }, () => {
    const order = shuffled(dimensions, random);
    let point = Array.from({ length: dimensions }, () => random.integer(0, levels - 1));
    const points = [point];
    for (const dimension of order) {
      const level = point[dimension] ?? 0;
      point = point.with(dimension, level < jump ? level + jump : level - jump);
      points.push(point);
    }
    return points.map((one) => one.map((level) => level / (levels - 1)));
  });
}

/**
 * Elementary effects by parameter: the change of the output for a change of the parameter over its whole range, as far as the ratio
 * of the two goes. A step that changes no coordinate has no effect and is left out.
 */
export function elementaryEffects(
  trajectories: readonly MorrisValues[],
  dimensions: number,
): readonly (readonly number[])[] {
  const effects: number[][] = Array.from({ length: dimensions }, () => []);
  for (const { points, values } of trajectories) {
    for (let index = 1; index < points.length; index++) {
      const [before = [], after = []] = [points[index - 1], points[index]];
      const dimension = after.findIndex((value, place) => value !== before[place]);
      const change = (after[dimension] ?? 0) - (before[dimension] ?? 0);
      if (change !== 0) effects[dimension]?.push(((values[index] ?? NaN) - (values[index - 1] ?? NaN)) / change);
    }
  }
  return effects;
}

/**
 * Screens a parameter by its elementary effects; σ is that of a sample (n - 1).
 *
 * @param effects - at least one
 * @param confidence - of the interval of μ*, above 0 and below 1
 */
export function morrisEffect(
  effects: readonly number[],
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): MorrisEffect {
  const mu = meanOf(effects);
  const sizes = effects.map(Math.abs);
  const interval = bootstrapIntervals(sizes, (sample) => [meanOf(sample)], { confidence, random });
  const spread = effects.reduce((sum, effect) => sum + (effect - mu) ** 2, 0);
  return {
    mu,
    muStar: meanOf(sizes),
    muStarInterval: interval(0),
    sigma: effects.length < 2 ? 0 : Math.sqrt(spread / (effects.length - 1)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shuffled(length: number, random: Random): readonly number[] {
  const order = Array.from({ length }, (_value, index) => index);
  for (let index = length - 1; index > 0; index--) {
    const other = random.integer(0, index);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}
