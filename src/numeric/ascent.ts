import type { Matrix } from "./matrix.js";

import { cholesky, solved } from "./matrix.js";

/** What is to be made large: a function of many values, one for each observation, that parameters determine. */
export interface Goal {
  /** The values at these parameters; `undefined` outside their domain. */
  values(parameters: readonly number[]): Float64Array | undefined;
  /** `sum` for logarithms of densities; `squares` for residuals, the sum of whose squares is made small. */
  readonly of: "sum" | "squares";
}

/** Where an ascent ended. */
export interface Summit {
  readonly at: readonly number[];
  /** The sum of the values, or minus half of the sum of their squares. */
  readonly height: number;
  /** The sum of the outer products of the values' slopes. */
  readonly information: Matrix;
  /** Whether a further step would have raised it by less than a millionth. */
  readonly arrived: boolean;
}

/** Steps of the differences that measure slopes; the parameters are of the order of 1. */
const STEP = 1e-4;

/** Steps at most: an ascent takes 10 to 40 of them. */
const MOST_STEPS = 200;

/** Damping beyond which nothing is gained any more. */
const MOST_DAMPING = 1e10;

/** What a step must promise for the ascent to go on: in a log-likelihood, or in squares, by their mean. */
const WORTHWHILE = 1e-6;

/** A mean square of residuals below which they are as good as 0. */
const NOTHING = 1e-12;

/**
 * Climbs to a local maximum from the slopes of the observations' values alone: of a likelihood, the algorithm of Berndt, Hall,
 * Hall and Hausman, *Estimation and inference in nonlinear structural models*, 1974; of squares, that of Gauss and Newton. Steps
 * are damped as by Levenberg and Marquardt.
 *
 * @param start - parameters within the domain, scaled to the order of 1
 */
export function climb(goal: Goal, start: readonly number[]): Summit {
  let at = start;
  let values = goal.values(start);
  if (values === undefined) return { at, height: -Infinity, information: [], arrived: false };
  let height = heightOf(goal, values);
  let damping = 0.01;
  for (let step = 0; ; step++) {
    const { gradient, information } = slopesAt(goal, at, values);
    const lower = cholesky(damped(information, 1e-9));
    const promise = lower === undefined ? Infinity : dot(gradient, solved(lower, gradient)) / 2;
    const scale = goal.of === "sum" ? 1 : Math.max(NOTHING, (-2 * height) / values.length);
    if (promise < WORTHWHILE * scale) return { at, height, information, arrived: true };
    if (step === MOST_STEPS) return { at, height, information, arrived: false };
    for (;;) {
      const factor = cholesky(damped(information, damping));
      const next = factor && at.map(plusEach(solved(factor, gradient)));
      const found = next && goal.values(next);
      const reached = found === undefined ? -Infinity : heightOf(goal, found);
      if (next !== undefined && found !== undefined && reached > height) {
        [at, values, height] = [next, found, reached];
        damping = Math.max(1e-7, damping / 10);
        break;
      }
      damping *= 10;
      // no direction leads up: the differences' own error is all that is left of the slope
      if (damping > MOST_DAMPING) return { at, height, information, arrived: promise < 1e3 * WORTHWHILE * scale };
    }
  }
}

/** The matrix of second differences of the height, taken over a tenth of a standard error: minus the Hessian. */
export function curvatureAt(goal: Goal, at: readonly number[], errors: readonly number[]): Matrix {
  const steps = errors.map((error) => error / 10);
  const heightAt = (moves: Readonly<Record<number, number>>): number => {
    const values = goal.values(at.map((value, index) => value + (moves[index] ?? 0) * (steps[index] ?? 0)));
    return values === undefined ? -Infinity : heightOf(goal, values);
  };
  const middle = heightAt({});
  return at.map((_value, i) =>
    at.map((_other, j) => {
      if (j > i) return 0;
      const area = (steps[i] ?? 0) * (steps[j] ?? 0);
      if (i === j) return (2 * middle - heightAt({ [i]: 1 }) - heightAt({ [i]: -1 })) / area;
      const same = heightAt({ [i]: 1, [j]: 1 }) + heightAt({ [i]: -1, [j]: -1 });
      const opposite = heightAt({ [i]: 1, [j]: -1 }) + heightAt({ [i]: -1, [j]: 1 });
      return (opposite - same) / (4 * area);
    }),
  );
}

function heightOf({ of }: Goal, values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += of === "sum" ? value : (-value * value) / 2;
  return Number.isNaN(sum) ? -Infinity : sum;
}

function slopesAt(
  goal: Goal,
  at: readonly number[],
  values: Float64Array,
): { readonly gradient: readonly number[]; readonly information: Matrix } {
  const slopes = at.map((_value, index) => {
    const beside = (step: number): Float64Array | undefined =>
      goal.values(at.map((value, place) => (place === index ? value + step : value)));
    const ahead = beside(STEP);
    // at the edge of the domain, the slope is that on the inside
    const other = ahead ?? beside(-STEP) ?? values;
    const distance = ahead === undefined ? -STEP : STEP;
    return values.map((value, row) => ((other[row] ?? value) - value) / distance);
  });
  return {
    gradient: slopes.map((slope) => {
      let sum = 0;
      for (const [row, value] of slope.entries()) sum += goal.of === "sum" ? value : -value * (values[row] ?? 0);
      return sum;
    }),
    information: slopes.map((one) => slopes.map((other) => dot(one, other))),
  };
}

function damped(matrix: Matrix, damping: number): Matrix {
  return matrix.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) + 1e-300 : value)));
}

function plusEach(step: readonly number[]): (value: number, index: number) => number {
  return (value, index) => value + (step[index] ?? 0);
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
