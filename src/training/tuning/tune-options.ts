import type { Axis } from "../../risk/map/axis.js";
import type { Objective } from "../../scenario/parameters/objective.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { axisOf } from "../../risk/map/axis.js";
import { unknownParameter } from "../../scenario/parameters/settings.js";

/** The ruin that a tuned point may have. */
export interface RuinLimit {
  /** The probability of ruin over the horizon that an accepted point stays below, above 0 and below 1. */
  readonly limit: number;
  /** How sure that is of all accepted points together, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
}

/** Options of `siege.tune`. */
export interface TuneOptions {
  /** The limit on ruin. */
  readonly ruin: RuinLimit;
  /** The objectives by name, made with `objective`. Default: those of the scenario. */
  readonly objectives?: Readonly<Record<string, Objective>>;
  /** The parameters to tune, by name. Default: all of the scenario that `parameters` does not set. */
  readonly of?: readonly string[];
  /** How many points of their ranges the search tries, 4 to 10,000. Default 40. */
  readonly candidates?: number;
  /** Paths of each candidate, the same for all: 1 to 100,000. Default 50. */
  readonly paths?: number;
  /** How many points are judged on fresh paths at most, 1 to 100. Default 5. */
  readonly points?: number;
  /** Fresh paths at most for each of them, 10 to 10,000,000. Default: 40 divided by the limit. */
  readonly fresh?: number;
  /** Runs of the search that attacks each point which would be accepted, 0 to 1,000,000; 0: none does. Default 100. */
  readonly attacks?: number;
  /** Parameters that are the same at every point. */
  readonly parameters?: ParameterValues;
  /** Seed of the search, of the paths and of the attacks. Default 1. */
  readonly seed?: number;
  /** Seconds after which it stops, with what it has. Default: none. */
  readonly timeLimit?: number;
  /** Stops it, with what it has. */
  readonly signal?: AbortSignal;
  /** Called after every candidate and every point that was judged, with how many there are. */
  readonly progress?: (done: number, wanted: number) => void;
}

/** A complete plan. */
export interface TunePlan {
  readonly axes: readonly Axis[];
  readonly objectives: ReadonlyMap<string, Objective>;
  readonly limit: number;
  readonly confidence: number;
  readonly candidates: number;
  readonly paths: number;
  readonly points: number;
  readonly fresh: number;
  readonly attacks: number;
  readonly seed: number;
  readonly parameters: ParameterValues;
}

const OPTIONS = [
  "ruin",
  "objectives",
  "of",
  "candidates",
  "paths",
  "points",
  "fresh",
  "attacks",
  "parameters",
  "seed",
  "timeLimit",
  "signal",
  "progress",
] as const;

/** More objectives make nearly every point one that no other dominates. */
const MOST_OBJECTIVES = 5;

/** @throws SiegeError `INVALID_OPTION`, `UNKNOWN_PARAMETER` */
export function tunePlan(
  options: TuneOptions,
  scenario: Pick<Scenario, "parameters" | "objectives">,
  built: (objectives: unknown) => ReadonlyMap<string, Objective>,
): TunePlan {
  requireKnown("tune", options, OPTIONS);
  const ruin = requireRuin(options.ruin);
  const { candidates = 40, paths = 50, points = 5, attacks = 100, seed = 1, parameters = {}, timeLimit } = options;
  const { fresh = Math.min(10_000_000, Math.ceil(40 / ruin.limit)) } = options;
  const whole = { kind: "integer" } as const;
  requireInRange("tune", "candidates", candidates, { min: 4, max: 10_000, ...whole });
  requireInRange("tune", "paths", paths, { min: 1, max: 100_000, ...whole });
  requireInRange("tune", "points", points, { min: 1, max: 100, ...whole });
  requireInRange("tune", "fresh", fresh, { min: 10, max: 10_000_000, ...whole });
  requireInRange("tune", "attacks", attacks, { min: 0, max: 1_000_000, ...whole });
  requireInRange("tune", "seed", seed, { min: 0, max: 2 ** 31 - 1, ...whole });
  if (timeLimit !== undefined) requireInRange("tune", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  const objectives = options.objectives === undefined ? scenario.objectives : built(options.objectives);
  if (objectives.size === 0 || objectives.size > MOST_OBJECTIVES) {
    throw new SiegeError("INVALID_OPTION", {
      message: `tune: there are ${objectives.size} objectives.`,
      hint: `Give 1 to ${MOST_OBJECTIVES}, here or in the scenario: objectives: { fees: objective({ goal: "maximise", reads }) }.`,
    });
  }
  const axes = axesOf(options.of, scenario.parameters, parameters);
  return { axes, objectives, ...ruin, candidates, paths, points, fresh, attacks, seed, parameters };
}

function requireRuin(ruin: unknown): { readonly limit: number; readonly confidence: number } {
  if (typeof ruin !== "object" || ruin === null) {
    throw new SiegeError("INVALID_OPTION", {
      message: `tune: "ruin" is ${shown(ruin)}.`,
      hint: "Say how likely ruin may be: ruin: { limit: 0.01 }.",
    });
  }
  requireKnown("tune: ruin", ruin, ["limit", "confidence"]);
  const { limit, confidence = 0.95 } = ruin as Partial<RuinLimit>;
  for (const [name, value] of [
    ["limit", limit],
    ["confidence", confidence],
  ] as const) {
    requireInRange("tune: ruin", name, value, { min: 1e-9, max: 1 - 1e-9 });
  }
  // checked just now
  return { limit: limit ?? 0, confidence };
}

function axesOf(
  given: readonly string[] | undefined,
  described: Scenario["parameters"],
  set: ParameterValues,
): readonly Axis[] {
  const of: unknown = given ?? [...described.keys()].filter((name) => !Object.hasOwn(set, name));
  const names = Array.isArray(of) ? of.map(String) : [];
  if (names.length === 0 || new Set(names).size < names.length || names.some((name) => Object.hasOwn(set, name))) {
    throw new SiegeError("INVALID_OPTION", {
      message: `tune: "of" is ${shown(of)}.`,
      hint: 'Name parameters of the scenario, each once, that "parameters" does not set: of: ["ltv", "bonus"].',
    });
  }
  return names.map((name) => {
    const parameter = described.get(name);
    if (parameter === undefined) throw unknownParameter(name, described);
    return axisOf(name, parameter);
  });
}
