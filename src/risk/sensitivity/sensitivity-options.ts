import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Axis } from "../map/axis.js";
import type { SensitivityOutput } from "./output.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireOneOf, requireText, shown } from "../../options.js";
import { unknownParameter } from "../../scenario/parameters/settings.js";
import { axisOf } from "../map/axis.js";
import { requireOnLanes } from "../on-lanes.js";

import { MOST_DIMENSIONS } from "./direction-numbers.js";
import { requireOutput } from "./output.js";

/** The options of `siege.sensitivity`. */
export interface SensitivityOptions {
  /** The parameters whose effects are estimated. Default: all of the scenario but those that `parameters` sets. */
  readonly of?: readonly string[];
  /**
   * `morris`: screening by elementary effects, `samples · (parameters + 1)` points; `sobol`: indices of first order and total,
   * `samples · (parameters + 2)` points. Default `morris`.
   */
  readonly method?: "morris" | "sobol";
  /** Trajectories of Morris, 2 to 10,000, default 10; rows of Sobol, best a power of two, 2 to 65,536, default 64. */
  readonly samples?: number;
  /** What is measured at each point. Default `"violations"`: the share of runs that violate a condition. */
  readonly output?: SensitivityOutput;
  /** Runs at each point, 1 to 1,000,000. Default 20. */
  readonly runs?: number;
  /** Seed of the design and of the runs, the same at every point. Default 1. */
  readonly seed?: number;
  /** Of the intervals, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Parameters that are the same at every point. */
  readonly parameters?: ParameterValues;
  /**
   * A file to which every point is appended when it is measured, and whose points are not played again. Relative to the project's
   * root. Default: none.
   */
  readonly resume?: string;
  /** How many worlds are played on in parallel, 1 to 64, or `"auto"`. The result does not depend on it. Default `"auto"`. */
  readonly lanes?: number | "auto";
  /** How blocks are executed, as in a campaign; the result does not depend on it. Default `batched`. */
  readonly executor?: "batched" | "faithful";
  /** Seconds after which it stops, with what it has. Default: none. */
  readonly timeLimit?: number;
  /** Stops it, with what it has. */
  readonly signal?: AbortSignal;
  /** Called after every point of the design, with how many there are. */
  readonly progress?: (measured: number, points: number) => void;
}

/** A complete plan. */
export interface SensitivityPlan {
  readonly axes: readonly Axis[];
  readonly method: "morris" | "sobol";
  readonly samples: number;
  readonly output: SensitivityOutput;
  readonly runs: number;
  readonly seed: number;
  readonly confidence: number;
  readonly parameters: ParameterValues;
}

const OPTIONS = [
  "of",
  "method",
  "samples",
  "output",
  "runs",
  "seed",
  "confidence",
  "parameters",
  "resume",
  "lanes",
  "executor",
  "timeLimit",
  "signal",
  "progress",
] as const;

const DEFAULT_TRAJECTORIES = 10;
const DEFAULT_ROWS = 64;
const DEFAULT_RUNS = 20;

/** @throws SiegeError `INVALID_OPTION`, `UNKNOWN_PARAMETER` */
export function sensitivityPlan(
  options: SensitivityOptions,
  { parameters: described, conditions }: Pick<Scenario, "parameters" | "conditions">,
): SensitivityPlan {
  requireKnown("sensitivity", options, OPTIONS);
  const { method = "morris", runs = DEFAULT_RUNS, seed = 1, confidence = 0.95, parameters = {} } = options;
  requireOneOf("sensitivity", "method", method, ["morris", "sobol"]);
  const { samples = method === "morris" ? DEFAULT_TRAJECTORIES : DEFAULT_ROWS } = options;
  requireInRange("sensitivity", "samples", samples, {
    min: 2,
    max: method === "morris" ? 10_000 : 65_536,
    kind: "integer",
  });
  requireInRange("sensitivity", "runs", runs, { min: 1, max: 1_000_000, kind: "integer" });
  requireInRange("sensitivity", "seed", seed, { min: 0, max: 2 ** 31 - 1, kind: "integer" });
  requireInRange("sensitivity", "confidence", confidence, { min: 0.01, max: 0.9999 });
  const { timeLimit, resume, output = "violations" } = options;
  if (resume !== undefined) requireText("sensitivity", "resume", resume);
  requireOnLanes("sensitivity", options);
  if (timeLimit !== undefined)
    requireInRange("sensitivity", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  // plain JavaScript callers have no type checks
  const { of: given = [...described.keys()].filter((name) => !Object.hasOwn(parameters, name)) } = options;
  const most = method === "sobol" ? MOST_DIMENSIONS / 2 : 1_000;
  const names: readonly string[] = Array.isArray(given) ? given.map(String) : [];
  if (
    names.length === 0 ||
    new Set(names).size < names.length ||
    names.length > most ||
    names.some((name) => Object.hasOwn(parameters, name))
  ) {
    throw new SiegeError("INVALID_OPTION", {
      message: `sensitivity: "of" is ${shown(given)}.`,
      hint: `Name 1 to ${most} parameters of the scenario, each once, that "parameters" does not set: of: ["ltv", "drop"].`,
    });
  }
  const axes = names.map((name) => {
    const parameter = described.get(name);
    if (parameter === undefined) throw unknownParameter(name, described);
    return axisOf(name, parameter);
  });
  return {
    axes,
    method,
    samples,
    output: requireOutput(output, conditions),
    runs,
    seed,
    confidence,
    parameters,
  };
}
