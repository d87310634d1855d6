import type { Random } from "../../market/random.js";
import type { Unit } from "../../quantity/amount.js";
import type { Estimate } from "../intervals/interval.js";
import type { RuinedPath } from "./path-end.js";

import { createRandom } from "../../market/random.js";
import { bootstrapped, expectedShortfall, mean } from "../intervals/bootstrap.js";
import { quantileOf } from "../intervals/order-statistics.js";

import { streamSeed } from "./path-source.js";

/** The confidence of the intervals, and the seed of their resamples. */
interface Sampled {
  readonly confidence: number;
  readonly seed: number;
}

/** The levels of value at risk: those of lending markets' risk reports, and of banks'. */
const LEVELS = [0.95, 0.99] as const;

/** Value at risk and expected shortfall, over all paths: a path that survives loses nothing. */
export interface LossAtRisk {
  /** 0.95 for the worst 5 % of the paths. */
  readonly level: number;
  /** The loss that is exceeded in no more than the rest of the paths; its interval is of order statistics. */
  readonly valueAtRisk: Estimate;
  /** The mean loss of the worst paths; its interval is a bootstrap's, which is too narrow if few of them are ruined. */
  readonly expectedShortfall: Estimate;
}

/** What a condition measures of the harm: `bad debt`, `shortfall`. Numbers are whole units. */
export interface LossReport {
  readonly condition: string;
  /** What is counted. */
  readonly kind: string;
  readonly unit: Unit;
  /** In how many paths there was any. */
  readonly paths: number;
  /** The mean of these, each with the most after any of its blocks. */
  readonly givenRuin: Estimate;
  /** The same at the horizon, when some of it may have been made good. */
  readonly atHorizon: Estimate;
  /** The most of all paths. */
  readonly most: number;
  readonly atRisk: readonly LossAtRisk[];
}

/** The value of the collateral that liquidations took, US dollars at the fair prices of their blocks, over all paths. */
export interface LiquidatedReport {
  /** In how many paths there was any. */
  readonly paths: number;
  readonly mean: Estimate;
  readonly most: number;
  /** The value at risk of liquidation (LaR), and the mean beyond it. */
  readonly atRisk: readonly LossAtRisk[];
}

/** What the value liquidated is; `undefined` if no protocol of the scenario can tell. @param paths - US dollars, of each path */
export function liquidatedOf(paths: readonly number[], { confidence, seed }: Sampled): LiquidatedReport | undefined {
  const values = ascending(paths);
  if (values.length === 0) return undefined;
  const random = createRandom(streamSeed(seed, 0, "bootstrap liquidated"));
  return {
    paths: values.filter((value) => value > 0).length,
    mean: bootstrapped(values, mean, { confidence, random }),
    most: values.at(-1) ?? 0,
    atRisk: atRiskIn(values, { confidence, random }),
  };
}

/**
 * What the conditions measure, one report for each number.
 *
 * @param paths - how many were played
 * @param how - the confidence of the intervals, and the seed of their resamples
 */
export function lossesOf(
  ruined: readonly RuinedPath[],
  paths: number,
  { confidence, seed }: Sampled,
): readonly LossReport[] {
  const measures = new Map(
    ruined.flatMap(({ harm }) =>
      harm.map(({ condition, kind, unit }) => [keyOf(condition, kind, unit), { condition, kind, unit }]),
    ),
  );
  return [...measures].map(([key, { condition, kind, unit }]) => {
    const own = ruined.flatMap(({ harm }) => harm.filter((one) => keyOf(one.condition, one.kind, one.unit) === key));
    const most = ascending(own.map((one) => one.most));
    const last = ascending(own.map((one) => one.last));
    const all = [...Array.from({ length: paths - most.length }, () => 0), ...most];
    const random = createRandom(streamSeed(seed, 0, `bootstrap ${key}`));
    return {
      condition,
      kind,
      unit,
      paths: own.length,
      givenRuin: bootstrapped(most, mean, { confidence, random }),
      atHorizon: bootstrapped(last, mean, { confidence, random }),
      most: most.at(-1) ?? 0,
      atRisk: atRiskIn(all, { confidence, random }),
    };
  });
}

/** @param all - of all paths, ascending */
function atRiskIn(
  all: readonly number[],
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): readonly LossAtRisk[] {
  return LEVELS.map((level) => ({
    level,
    valueAtRisk: quantileOf(all, level, confidence),
    expectedShortfall: bootstrapped(all, expectedShortfall(level), { confidence, random }),
  }));
}

function keyOf(condition: string, kind: string, unit: Unit): string {
  return JSON.stringify([condition, kind, unit]);
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}
