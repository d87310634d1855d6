import type { ChangeDetector, FoundChange, Scale } from "./detector.js";

import { logBeta } from "../../numeric/beta.js";
import { requireInRange, requireKnown } from "../../options.js";

/** Options of `changesIn` with the method `bayesian`. */
export interface BayesianOptions {
  /** Values that a regime is expected to last, 2 to 1,000,000. Default 250. */
  readonly lasts?: number;
  /** The probability of a change at which it is told, 0.5 to 0.9999. Default 0.9. */
  readonly certainty?: number;
  /** Values that a regime has at least, 1 to 1,000. Default 5. */
  readonly fewest?: number;
}

/** The weight of the prior mean, in values, and the sum of squares that the prior stands for (2β). */
const PRIOR = { weight: 1, squares: 2 };

/** Run lengths less likely than this are forgotten, so that a long history takes no more time per value than a short one. */
const NEGLIGIBLE = 1e-4;

/** ln Γ(1/2). */
const LOG_GAMMA_HALF = Math.log(Math.PI) / 2;

/** A regime so far: the sufficient statistics of its values, and how likely it is that the present one began when it did. */
interface Run {
  /** The place of its first value. */
  readonly from: number;
  count: number;
  mean: number;
  /** Sum of squares around the mean, with the prior's. */
  squares: number;
  probability: number;
}

/**
 * Bayesian online change-point detection (Adams and MacKay, *Bayesian online changepoint detection*, arXiv 0710.3742, 2007), with
 * normal values of unknown mean and variance and the conjugate prior of the reference implementation in R, `ocp`: mean 0 with
 * the weight of one value, shape and rate 1, after scaling. Regimes end with the same probability at every value. A change is told
 * once the probability that the present regime began after the last one that was told exceeds `certainty`. Values are taken as normal:
 * one beyond six deviations counts as the beginning of a wilder regime.
 *
 * @param scale - how values are scaled first
 * @throws SiegeError `INVALID_OPTION`
 */
export function bayesianDetector(scale: Scale, options: BayesianOptions = {}): ChangeDetector {
  requireBayesian(options);
  const { lasts = 250, certainty = 0.9, fewest = 5 } = options;
  const hazard = 1 / lasts;
  const normaliser = normalisers();
  // changed in place: a value changes hundreds of them
  let runs: Run[] = [];
  let place = -1;
  let told = 0;
  const found = (): FoundChange | undefined => {
    let later = 0;
    let likeliest: Run | undefined;
    for (const run of runs) {
      if (run.from < told + fewest || run.count < fewest) continue;
      later += run.probability;
      if (likeliest === undefined || run.probability > likeliest.probability) likeliest = run;
    }
    if (likeliest === undefined || later <= certainty) return undefined;
    told = likeliest.from;
    // what began before it is no candidate any more
    runs = normalised(runs.filter(({ from }) => from >= told));
    return { at: told, foundAt: place };
  };
  return {
    observe: (value) => {
      place += 1;
      const x = (value - scale.centre) / scale.spread;
      // the change comes before the value, which is the first of the new regime
      const born = runs.length === 0 ? 1 : hazard;
      for (const run of runs) run.probability *= 1 - hazard;
      runs.push({ from: place, count: 0, mean: 0, squares: PRIOR.squares, probability: born });
      for (const run of runs) {
        run.probability *= Math.exp(logDensity(run, x, normaliser));
        teach(run, x);
      }
      runs = normalised(runs);
      return found();
    },
  };
}

/** @throws SiegeError `INVALID_OPTION` */
function requireBayesian(options: BayesianOptions): void {
  const owner = "bayesian";
  requireKnown(owner, options, ["lasts", "certainty", "fewest"]);
  const { lasts, certainty, fewest } = options;
  if (lasts !== undefined) requireInRange(owner, "lasts", lasts, { min: 2, max: 1_000_000 });
  if (certainty !== undefined) requireInRange(owner, "certainty", certainty, { min: 0.5, max: 0.9999 });
  if (fewest !== undefined) requireInRange(owner, "fewest", fewest, { min: 1, max: 1_000, kind: "integer" });
}

/** Takes one value more into the statistics. */
function teach(run: Run, x: number): void {
  const before = run.count + PRIOR.weight;
  run.squares += ((x - run.mean) ** 2 * before) / (before + 1);
  run.mean = (run.mean * before + x) / (before + 1);
  run.count += 1;
}

/** The predictive density: Student's t with 2α = 2 + n degrees of freedom. */
function logDensity(run: Run, x: number, normaliser: (count: number) => number): number {
  const degrees = 2 + run.count;
  const before = run.count + PRIOR.weight;
  const squaredScale = ((run.squares / degrees) * (before + 1)) / before;
  const distance = (x - run.mean) ** 2 / (degrees * squaredScale);
  return normaliser(run.count) - Math.log(squaredScale) / 2 - ((degrees + 1) / 2) * Math.log1p(distance);
}

/** ln Γ((ν+1)/2) - ln Γ(ν/2) - ln(νπ)/2 by the number of values, each computed once. */
function normalisers(): (count: number) => number {
  const known: number[] = [];
  return (count) => {
    const degrees = 2 + count;
    return (known[count] ??= LOG_GAMMA_HALF - logBeta(degrees / 2, 0.5) - Math.log(degrees * Math.PI) / 2);
  };
}

function normalised(runs: Run[]): Run[] {
  let total = 0;
  for (const { probability } of runs) total += probability;
  const last = runs.at(-1);
  // far out, all densities underflow: what is left is that something new began
  if (!(total > 0) && last !== undefined) return [{ ...last, probability: 1 }];
  const left = runs.filter(({ probability }) => probability > NEGLIGIBLE * total);
  for (const run of left) run.probability /= total;
  return left;
}
