import type { Random } from "../../market/random.js";
import type { BootstrapInterval } from "../intervals/interval.js";

import { bootstrapIntervals } from "../intervals/bootstrap.js";

import { sobolPoints } from "./sobol-points.js";

/** The points of one row of a Saltelli design, in the unit cube. */
export interface SaltelliRow {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** `a` with one coordinate of `b`, by its index. */
  readonly mixed: readonly (readonly number[])[];
}

/** The values of a function at the points of a row. */
export interface SaltelliValues {
  readonly a: number;
  readonly b: number;
  readonly mixed: readonly number[];
}

/** How much one parameter drives an output: shares of its variance. */
export interface SobolIndex {
  /** First order: what it drives on its own. */
  readonly first: number;
  readonly firstInterval: BootstrapInterval;
  /** Total: what it drives on its own and together with others. */
  readonly total: number;
  readonly totalInterval: BootstrapInterval;
}

/** What a design shows. */
export interface SobolIndices {
  readonly mean: number;
  readonly variance: number;
  /** By parameter; `undefined` if the output is the same at every point, so that nothing drives it. */
  readonly indices: readonly SobolIndex[] | undefined;
}

/**
 * The design of Saltelli et al. (2010): two independent halves of a Sobol point a row, and each parameter of the second put into the
 * first. It takes `rows · (dimensions + 2)` values.
 *
 * @param rows - best a power of two
 * @param dimensions - 1 to 20
 * @param random - of their scrambling. Default: plain points, without the origin
 */
export function saltelliDesign(rows: number, dimensions: number, random?: Random): readonly SaltelliRow[] {
  // the origin is in the middle of nothing, and unscrambled it would be both halves of a row
  const points = sobolPoints(rows, 2 * dimensions, random === undefined ? { skip: 1 } : { random });
  return points.map((point) => {
    const a = point.slice(0, dimensions);
    const b = point.slice(dimensions);
    return { a, b, mixed: a.map((_value, index) => a.with(index, b[index] ?? 0)) };
  });
}

/**
 * Sobol indices with percentile intervals of a bootstrap over rows: of first order by Saltelli et al. (*Variance based sensitivity
 * analysis of model output*, Computer Physics Communications 181, 2010, table 2 (b)), total by Jansen (1999; the same, table 2 (f)).
 * Estimates are not cut off: one of a parameter that drives nothing may be slightly below 0.
 *
 * @param confidence - of the intervals, above 0 and below 1
 */
export function sobolIndices(
  rows: readonly SaltelliValues[],
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): SobolIndices {
  const ends = rows.flatMap(({ a, b }) => [a, b]);
  const mean = meanOf(ends);
  const variance = varianceOf(ends, mean);
  const dimensions = rows[0]?.mixed.length ?? 0;
  if (!(variance > 0)) return { mean, variance: 0, indices: undefined };
  const estimates = estimatesOf(rows, dimensions);
  const intervals = bootstrapIntervals(rows, (sample) => estimatesOf(sample, dimensions), { confidence, random });
  const indices = Array.from({ length: dimensions }, (_value, index): SobolIndex => {
    const [first, total] = [2 * index, 2 * index + 1];
    return {
      first: estimates[first] ?? NaN,
      firstInterval: intervals(first),
      total: estimates[total] ?? NaN,
      totalInterval: intervals(total),
    };
  });
  return { mean, variance, indices };
}

/** First order and total of each parameter, one after the other; `NaN` where a sample has no variance. */
function estimatesOf(rows: readonly SaltelliValues[], dimensions: number): readonly number[] {
  const ends = rows.flatMap(({ a, b }) => [a, b]);
  const mean = meanOf(ends);
  const variance = varianceOf(ends, mean);
  return Array.from({ length: dimensions }, (_value, index) => {
    let first = 0;
    let total = 0;
    for (const { a, b, mixed } of rows) {
      const moved = mixed[index] ?? NaN;
      // about the mean: the variance of the product is then that of the indices alone
      first += (b - mean) * (moved - a);
      total += (a - moved) ** 2;
    }
    return [first / rows.length / variance, total / (2 * rows.length) / variance];
  }).flat();
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
