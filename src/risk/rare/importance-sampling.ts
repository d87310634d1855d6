import type { Random } from "../../market/random.js";
import type { WeightedProbability, WeightedSample } from "./weighted-probability.js";

import { SiegeError } from "../../errors.js";
import { createRandom } from "../../market/random.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { requireConfidence } from "../intervals/require-trials.js";

import { logRatioOfShift } from "./tilted-noise.js";
import { weightedProbability } from "./weighted-probability.js";

/** A rare event that standard normals decide, and where to look for it. */
export interface NormalEvent {
  /** How many independent standard normals decide. From 1. */
  readonly normals: number;
  /** Whether the event happens, given them. */
  readonly happens: (noise: readonly number[]) => boolean;
  /**
   * Where it is likely: one or more means to draw the normals with, best the points nearest to 0 at which it happens. If it has
   * several such points, name all of them: one that is missing makes the estimate too low, and its error does not show that.
   */
  readonly shifts: readonly (readonly number[])[];
}

/** How an event is sampled. */
export interface ImportanceOptions {
  /** Number of samples, 100 to 10,000,000. Default 10,000. */
  readonly samples?: number;
  /** Of the random numbers, a 32-bit integer. Default 1. */
  readonly seed?: number;
  /** Of the interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** The share of the samples that is not shifted, 0 to 1: no likelihood ratio exceeds one over it. Default 0.1. */
  readonly defensive?: number;
}

/** The share that stays as it is. See {@link defensiveRatio}. */
export const DEFENSIVE = 0.1;

/**
 * Probability of a rare event by importance sampling: the normals are drawn around the given points, each of which has an equal share of
 * the samples, and some around 0; each sample counts by its likelihood ratio with respect to that mixture (Hesterberg, *Weighted
 * average importance sampling and defensive mixture distributions*, Technometrics 37, 1995).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const { value, interval } = importanceSampling({ normals: 1, happens: ([z = 0]) => z > 6, shifts: [[6]] });
 * ```
 */
export function importanceSampling(event: NormalEvent, options: ImportanceOptions = {}): WeightedProbability {
  const { normals, happens, shifts } = requireEvent(event);
  const { samples = 10_000, seed = 1, confidence = 0.95, defensive = DEFENSIVE } = requireImportance(options);
  const random = createRandom(seed);
  const draw = (): WeightedSample => {
    const shift = isTilted(random, defensive) ? random.pick(shifts) : undefined;
    const noise = Array.from({ length: normals }, (_value, index) => random.normal() + (shift?.[index] ?? 0));
    const logRatios = shifts.map((means) =>
      means.reduce((sum, mean, index) => sum + logRatioOfShift(noise[index] ?? 0, mean, 1), 0),
    );
    return { hit: happens(noise), ratio: defensiveRatio(logRatios, defensive) };
  };
  return weightedProbability(repeated(samples, draw), confidence, 1 / defensive);
}

function* repeated<T>(times: number, make: () => T): Generator<T> {
  for (let count = 0; count < times; count++) yield make();
}

/**
 * The likelihood ratio with respect to a mixture of tilted distributions in equal shares, and a defensive share that is not tilted.
 *
 * @param logRatios - those with respect to each tilted distribution alone
 * @param defensive - the share that is not tilted, 0 to 1
 * @returns at most 1 / defensive
 */
export function defensiveRatio(logRatios: readonly number[], defensive: number): number {
  const tilted = logRatios.reduce((sum, logRatio) => sum + Math.exp(-logRatio), 0) / logRatios.length;
  return 1 / (defensive + (1 - defensive) * tilted);
}

/** A random choice between the defensive share and the rest. @returns whether it is tilted */
export function isTilted(random: Pick<Random, "next">, defensive: number): boolean {
  return random.next() >= defensive;
}

function requireEvent(event: NormalEvent): NormalEvent {
  requireKnown("importanceSampling", event, ["normals", "happens", "shifts"]);
  const { normals, shifts } = event;
  requireInRange("importanceSampling", "normals", normals, { min: 1, max: 1_000_000, kind: "integer" });
  const isPoint = (shift: unknown): boolean =>
    Array.isArray(shift) && shift.length === normals && shift.every((mean) => Number.isFinite(mean));
  if (Array.isArray(shifts) && shifts.length > 0 && shifts.every(isPoint)) return event;
  throw new SiegeError("INVALID_OPTION", {
    message: `importanceSampling: "shifts" is ${shown(shifts)}.`,
    hint: `It must be a list of points, each with ${String(normals)} finite number${normals === 1 ? "" : "s"}, like [[${Array.from({ length: Math.min(normals, 3) }, () => "2").join(", ")}]].`,
  });
}

function requireImportance(options: ImportanceOptions): ImportanceOptions {
  requireKnown("importanceSampling", options, ["samples", "seed", "confidence", "defensive"]);
  const { samples = 100, seed = 1, confidence = 0.95, defensive = DEFENSIVE } = options;
  requireInRange("importanceSampling", "samples", samples, { min: 100, max: 10_000_000, kind: "integer" });
  requireInRange("importanceSampling", "seed", seed, { min: -(2 ** 31), max: 2 ** 32 - 1, kind: "integer" });
  requireInRange("importanceSampling", "defensive", defensive, { min: 0, max: 1 });
  requireConfidence("importanceSampling", confidence);
  return options;
}
