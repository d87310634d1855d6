import type { Random } from "../../market/random.js";
import type { Matrix } from "../../numeric/matrix.js";

import { eigenOf } from "../../numeric/eigen.js";
import { requireInRange, requireKnown } from "../../options.js";

/** Options of {@link cmaEs}. */
export interface CmaEsOptions {
  /** Where it starts: at least two numbers, of which a step of `sigma` is a reasonable change. */
  readonly start: readonly number[];
  /** The first step, above 0: a third of how far the optimum may be. */
  readonly sigma: number;
  readonly random: Random;
  /** Candidates per generation, at least 4. Default 4 + ⌊3 ln n⌋. */
  readonly population?: number;
}

/** A candidate with its value; what is not a number counts as worst. */
export interface Evaluated {
  readonly point: readonly number[];
  readonly value: number;
}

/** An optimiser that is asked for candidates and told their values. */
export interface CmaEs {
  readonly population: number;
  /** The candidates of a generation. */
  ask(): readonly (readonly number[])[];
  /** Takes their values, smaller ones being better. */
  tell(evaluated: readonly Evaluated[]): void;
  /** The best candidate so far; `undefined` before the first generation. */
  readonly best: Evaluated | undefined;
  /** The present mean and overall step. */
  readonly mean: readonly number[];
  readonly sigma: number;
}

/** What is set by the number of parameters alone: the defaults of Hansen 2016, table 1, with positive weights. */
interface Strategy {
  readonly weights: readonly number[];
  /** The variance-effective number of parents. */
  readonly parents: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  /** The expected length of a vector of standard normals. */
  readonly length: number;
}

/** @param n - parameters @param lambda - candidates per generation */
export function strategyOf(n: number, lambda: number): Strategy {
  const mu = Math.floor(lambda / 2);
  const raw = Array.from({ length: mu }, (_value, index) => Math.log((lambda + 1) / 2) - Math.log(index + 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  const parents = 1 / weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const cSigma = (parents + 2) / (n + parents + 5);
  const c1 = 2 / ((n + 1.3) ** 2 + parents);
  return {
    weights,
    parents,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((parents - 1) / (n + 1)) - 1) + cSigma,
    cc: (4 + parents / n) / (n + 4 + (2 * parents) / n),
    c1,
    cMu: Math.min(1 - c1, (2 * (parents - 2 + 1 / parents)) / ((n + 2) ** 2 + parents)),
    length: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/**
 * CMA-ES, which minimises without gradients (Hansen, *The CMA Evolution Strategy: A Tutorial*, arXiv 1604.00772, 2016): candidates are
 * normal, and their mean, covariance and step follow the better half of each generation. It is invariant to scales, rotations and
 * monotone changes of the value. No npm package of it was found that is kept up, so it is written here.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const search = cmaEs({ start: [4, 4], sigma: 1, random });
 * for (let generation = 0; generation < 100; generation++) {
 *   search.tell(search.ask().map((point) => ({ point, value: loss(point) })));
 * }
 * ```
 */
export function cmaEs(options: CmaEsOptions): CmaEs {
  const { start, random, population } = requireCmaEs(options);
  const n = start.length;
  const strategy = strategyOf(n, population);
  let mean: readonly number[] = [...start];
  let { sigma } = options;
  let covariance: Matrix = start.map((_value, i) => start.map((_other, j) => (i === j ? 1 : 0)));
  let [pathSigma, pathC]: readonly (readonly number[])[] = [start.map(() => 0), start.map(() => 0)];
  let basis = eigenOf(covariance);
  let generation = 0;
  let best: Evaluated | undefined;
  const inBasis = (z: readonly number[], scale: (value: number) => number): readonly number[] =>
    start.map((_value, row) =>
      basis.vectors.reduce(
        (sum, vector, index) => sum + (vector[row] ?? 0) * scale(basis.values[index] ?? 1) * (z[index] ?? 0),
        0,
      ),
    );
  return {
    population,
    ask: () =>
      Array.from({ length: population }, () => {
        const step = inBasis(
          start.map(() => random.normal()),
          root,
        );
        return mean.map((value, index) => value + sigma * (step[index] ?? 0));
      }),
    tell: (evaluated) => {
      const { weights, parents, cSigma, dSigma, cc, c1, cMu, length } = strategy;
      const ranked = evaluated.toSorted((one, other) => worth(one) - worth(other));
      const [first] = ranked;
      if (first !== undefined && (best === undefined || worth(first) < worth(best))) best = first;
      const steps = ranked.map(({ point }) => point.map((value, index) => (value - (mean[index] ?? 0)) / sigma));
      const move = start.map((_value, index) =>
        weights.reduce((sum, weight, rank) => sum + weight * (steps[rank]?.[index] ?? 0), 0),
      );
      mean = mean.map((value, index) => value + sigma * (move[index] ?? 0));
      const inward = basis.vectors.map((vector) =>
        vector.reduce((sum, value, index) => sum + value * (move[index] ?? 0), 0),
      );
      const whitened = inBasis(inward, (value) => 1 / root(value));
      generation += 1;
      const pull = Math.sqrt(cSigma * (2 - cSigma) * parents);
      pathSigma = start.map(
        (_value, index) => (1 - cSigma) * (pathSigma?.[index] ?? 0) + pull * (whitened[index] ?? 0),
      );
      const norm = Math.hypot(...pathSigma);
      const settled = norm / Math.sqrt(1 - (1 - cSigma) ** (2 * generation)) < (1.4 + 2 / (n + 1)) * length;
      const draw = settled ? Math.sqrt(cc * (2 - cc) * parents) : 0;
      pathC = start.map((_value, index) => (1 - cc) * (pathC?.[index] ?? 0) + draw * (move[index] ?? 0));
      const kept = 1 - c1 - cMu + (settled ? 0 : c1 * cc * (2 - cc));
      const one = pathC;
      covariance = covariance.map((row, i) =>
        row.map((value, j) => {
          const rankMu = weights.reduce(
            (sum, weight, rank) => sum + weight * (steps[rank]?.[i] ?? 0) * (steps[rank]?.[j] ?? 0),
            0,
          );
          return kept * value + c1 * (one[i] ?? 0) * (one[j] ?? 0) + cMu * rankMu;
        }),
      );
      sigma *= Math.exp(Math.min(1, (cSigma / dSigma) * (norm / length - 1)));
      basis = eigenOf(covariance);
    },
    get best() {
      return best;
    },
    get mean() {
      return mean;
    },
    get sigma() {
      return sigma;
    },
  };
}

/** Rounding may leave a direction without variance. */
function root(value: number): number {
  return Math.sqrt(Math.max(value, 1e-300));
}

function worth({ value }: Evaluated): number {
  return Number.isNaN(value) ? Infinity : value;
}

/** @throws SiegeError `INVALID_OPTION` */
function requireCmaEs(options: CmaEsOptions): Required<CmaEsOptions> {
  const owner = "cmaEs";
  requireKnown(owner, options, ["start", "sigma", "random", "population"]);
  const { start, sigma } = options;
  const dimensions = Array.isArray(start) ? start.length : Number.NaN;
  requireInRange(owner, "start.length", dimensions, { min: 1, max: 200, kind: "integer" });
  for (const [index, value] of start.entries()) {
    requireInRange(owner, `start[${index}]`, value, { min: -1e100, max: 1e100 });
  }
  requireInRange(owner, "sigma", sigma, { min: 1e-12, max: 1e100 });
  const { population = 4 + Math.floor(3 * Math.log(dimensions)) } = options;
  requireInRange(owner, "population", population, { min: 4, max: 10_000, kind: "integer" });
  return { ...options, population };
}
