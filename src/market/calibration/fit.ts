import type { Goal, Summit } from "../../numeric/ascent.js";

import { SiegeError } from "../../errors.js";
import { climb, curvatureAt } from "../../numeric/ascent.js";
import { inverse } from "../../numeric/matrix.js";
import { WIDE } from "../../numeric/normal.js";

/** What a model is fitted to. */
export interface Sample {
  /** For errors: `calibrate: merton`. */
  readonly owner: string;
  /** Log returns over one spacing. */
  readonly returns: Float64Array;
  /** Seconds. */
  readonly spacing: number;
  /** Per year, where it is given. */
  readonly drift: number | undefined;
}

/** A fitted model. */
export interface Fit<NameT extends string> {
  readonly parameters: Readonly<Record<NameT, number>>;
  /** Standard errors. */
  readonly errors: Readonly<Record<NameT, number>>;
  /** 95 % intervals. */
  readonly intervals: Readonly<Record<NameT, readonly [lower: number, upper: number]>>;
  readonly logLikelihood: number;
}

/** A model whose likelihood is climbed. */
interface Likelihood<NameT extends string> {
  readonly owner: string;
  /** Free numbers of the order of 1, from which the search starts: the best summit counts. */
  readonly starts: readonly (readonly number[])[];
  /** The parameters that free numbers stand for. */
  readonly parametersOf: (free: readonly number[]) => Readonly<Record<NameT, number>>;
  /** The logarithms of the densities of the returns; `undefined` outside the model's domain. */
  readonly logDensities: (parameters: Readonly<Record<NameT, number>>) => Float64Array | undefined;
}

/** Step of the differences that carry errors over from the free numbers. */
const STEP = 1e-5;

/**
 * Finds the maximum, and the standard errors from the observed information there (the delta method carries them over).
 * Intervals are those of the free numbers, so that they reach further on the side where less is known and never leave the domain.
 *
 * @throws SiegeError `INVALID_HISTORY` where the likelihood has no maximum inside the model's domain
 */
export function maximumLikelihood<NameT extends string>(likelihood: Likelihood<NameT>): Fit<NameT> {
  const { owner, starts, parametersOf, logDensities } = likelihood;
  const goal: Goal = { of: "sum", values: (free) => logDensities(parametersOf(free)) };
  const summits = starts.map((start) => climb(goal, start)).sort((one, other) => other.height - one.height);
  for (const summit of summits) {
    const covariance = covarianceAt(goal, summit);
    if (covariance === undefined) continue;
    const { at, height } = summit;
    const errors = errorsOf(at, parametersOf, covariance);
    const intervals = intervalsOf(at, parametersOf, covariance);
    return { parameters: parametersOf(at), errors, intervals, logLikelihood: height };
  }
  throw new SiegeError("INVALID_HISTORY", {
    message: `${owner}: the history does not determine the model's jumps: its likelihood has no maximum with any.`,
    hint: 'Use a longer history or one with shorter spacing, or a model without them: "gbm".',
  });
}

type Covariance = readonly (readonly number[])[];

function covarianceAt(goal: Goal, { at, information, arrived }: Summit): Covariance | undefined {
  const rough = arrived ? inverse(information) : undefined;
  if (rough === undefined) return undefined;
  const errors = rough.map((row, index) => Math.sqrt(row[index] ?? 0));
  // a free number whose logarithm is unknown to a factor of e³ is not determined
  if (errors.some((error) => !(error < 3))) return undefined;
  return inverse(curvatureAt(goal, at, errors));
}

/** Each parameter follows one free number: its interval is what that number's stands for. */
function intervalsOf<NameT extends string>(
  at: readonly number[],
  parametersOf: (free: readonly number[]) => Readonly<Record<NameT, number>>,
  covariance: Covariance,
): Readonly<Record<NameT, readonly [number, number]>> {
  const sides = at.map((_value, index) => {
    const reach = WIDE * Math.sqrt(Math.max(0, covariance[index]?.[index] ?? 0));
    const moved = (by: number): Readonly<Record<NameT, number>> =>
      parametersOf(at.map((value, place) => (place === index ? value + by : value)));
    return [moved(-reach), moved(reach)] as const;
  });
  const names = Object.entries<number>(parametersOf(at)) as [NameT, number][];
  return Object.fromEntries(
    names.map(([name, value]) => {
      const bounds = sides.flatMap(([below, above]) => [below[name], above[name]]);
      return [name, [Math.min(value, ...bounds), Math.max(value, ...bounds)] as const] as const;
    }),
  ) as Record<NameT, readonly [number, number]>;
}

function errorsOf<NameT extends string>(
  at: readonly number[],
  parametersOf: (free: readonly number[]) => Readonly<Record<NameT, number>>,
  covariance: Covariance,
): Readonly<Record<NameT, number>> {
  const moved = (index: number, step: number): Readonly<Record<NameT, number>> =>
    parametersOf(at.map((value, place) => (place === index ? value + step : value)));
  const pairs = at.map((_value, index) => [moved(index, STEP), moved(index, -STEP)] as const);
  const names = Object.keys(parametersOf(at)) as NameT[];
  return Object.fromEntries(
    names.map((name) => {
      const slope = pairs.map(([ahead, behind]) => (ahead[name] - behind[name]) / (2 * STEP));
      const variance = slope.reduce(
        (sum, one, i) => sum + slope.reduce((inner, other, j) => inner + one * other * (covariance[i]?.[j] ?? 0), 0),
        0,
      );
      return [name, Math.sqrt(Math.max(0, variance))];
    }),
  ) as Record<NameT, number>;
}
