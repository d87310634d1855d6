import type { ReadPlan } from "../../protocols/read-plan.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Bumped } from "./bump.js";

import { oneOf, SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireText, shown } from "../../options.js";
import { unknownParameter } from "../../scenario/parameters/settings.js";
import { requireOnLanes } from "../on-lanes.js";

import { nameOfBump } from "./bump.js";

/**
 * The number whose responses are estimated: the least margin that a condition told in a run, 0 in one that violates it; or what a
 * function of the target without arguments, or a plan of reads, returns after the last block.
 */
export type GreeksOutput =
  | { readonly margin: string }
  | {
      /** A function of the target by its name, or a plan of reads. */
      readonly reads: string | ReadPlan<number>;
      /** Of a function's answer, 0 to 77. Default 0. */
      readonly decimals?: number;
    };

/** The options of `siege.greeks`. */
export interface GreeksOptions {
  /** The number that responds. */
  readonly output: GreeksOutput;
  /**
   * To what: `price:ETH`, `volatility:ETH`, `time`, `baseFee`, or a parameter that `parameters` sets. Default: price and volatility
   * of all assets whose price moves, time, and all parameters that are set.
   */
  readonly of?: readonly string[];
  /** The size of a change: as a fraction, 1e-5 to 0.5; of a parameter's range. Default 0.01. */
  readonly step?: number;
  /** Independent paths, 2 to 1,000,000. Default 100. */
  readonly paths?: number;
  /** Of the paths. Default 1. */
  readonly seed?: number;
  /** Of the intervals, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Values of parameters, around which they are changed. */
  readonly parameters?: ParameterValues;
  /**
   * A file to which every variant is appended when its paths are played, and whose variants are not played again. Relative to the
   * project's root. Default: none.
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
  /** Called after every run, with how many there are. */
  readonly progress?: (played: number, runs: number) => void;
}

/** A complete plan. */
export interface GreeksPlan {
  readonly output: GreeksOutput;
  readonly of: readonly Bumped[];
  readonly step: number;
  readonly paths: number;
  readonly seed: number;
  readonly confidence: number;
  readonly parameters: ParameterValues;
}

const OPTIONS = [
  "output",
  "of",
  "step",
  "paths",
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

const DEFAULT_PATHS = 100;
const DEFAULT_STEP = 0.01;

/** @throws SiegeError `INVALID_OPTION`, `UNKNOWN_PARAMETER`, `UNKNOWN_ASSET` */
export function greeksPlan(
  options: GreeksOptions,
  scenario: Pick<Scenario, "assets" | "parameters" | "conditions">,
): GreeksPlan {
  requireKnown("greeks", options, OPTIONS);
  const { step = DEFAULT_STEP, paths = DEFAULT_PATHS, seed = 1, confidence = 0.95, parameters = {} } = options;
  requireInRange("greeks", "step", step, { min: 1e-5, max: 0.5 });
  requireInRange("greeks", "paths", paths, { min: 2, max: 1_000_000, kind: "integer" });
  requireInRange("greeks", "seed", seed, { min: 0, max: 2 ** 31 - 1, kind: "integer" });
  requireInRange("greeks", "confidence", confidence, { min: 0.01, max: 0.9999 });
  const { timeLimit, resume } = options;
  if (resume !== undefined) requireText("greeks", "resume", resume);
  requireOnLanes("greeks", options);
  if (timeLimit !== undefined) requireInRange("greeks", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  const output = requireOutput(options.output, scenario);
  const known = bumpsOf(scenario, parameters);
  const { of } = options;
  const asked: unknown = of;
  if (of === undefined) {
    const all = [...known.values()].filter((what) => isUsual(what, scenario));
    return { output, of: all, step, paths, seed, confidence, parameters };
  }
  if (!Array.isArray(asked) || of.length === 0 || new Set(of).size < of.length) {
    throw new SiegeError("INVALID_OPTION", {
      message: `greeks: "of" is ${shown(asked)}.`,
      hint: `List what is to be changed, each once: of: ["price:ETH", "time"]. ${oneOf(known.keys(), "")}`.trim(),
    });
  }
  return {
    output,
    of: of.map((name) => requireBump(name, known, scenario)),
    step,
    paths,
    seed,
    confidence,
    parameters,
  };
}

/** All that can be changed, by name. */
function bumpsOf(
  { assets, parameters: described }: Pick<Scenario, "assets" | "parameters">,
  parameters: ParameterValues,
): ReadonlyMap<string, Bumped> {
  const all: readonly Bumped[] = [
    ...[...assets.keys()].flatMap((asset): Bumped[] => [
      { kind: "price", asset },
      { kind: "volatility", asset },
    ]),
    { kind: "time" },
    { kind: "baseFee" },
    ...[...described.keys()]
      .filter((name) => Object.hasOwn(parameters, name))
      .map((parameter): Bumped => ({ kind: "parameter", parameter })),
  ];
  return new Map(all.map((what) => [nameOfBump(what), what]));
}

/** What stands still has no volatility, and what is worth a dollar seldom moves. */
function isUsual(what: Bumped, { assets }: Pick<Scenario, "assets">): boolean {
  if ("asset" in what) return assets.get(what.asset)?.process !== undefined;
  return what.kind !== "baseFee";
}

function requireBump(
  name: string,
  known: ReadonlyMap<string, Bumped>,
  { parameters, assets }: Pick<Scenario, "assets" | "parameters">,
): Bumped {
  const found = known.get(name);
  if (found === undefined && parameters.has(name)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `greeks: "of" names the parameter "${name}", which has no value here.`,
      hint: `Say around which value it is to be changed: parameters: { ${name}: 0.8 }.`,
    });
  }
  if (found === undefined) throw unknownBump(name, known, parameters);
  if (found.kind !== "volatility" || assets.get(found.asset)?.process !== undefined) return found;
  throw new SiegeError("INVALID_OPTION", {
    message: `greeks: "of" names ${name}, and the price of ${found.asset} does not move.`,
    hint: "Give it a process, or leave it out.",
  });
}

function unknownBump(name: string, known: ReadonlyMap<string, Bumped>, parameters: Scenario["parameters"]): SiegeError {
  const [kind, asset] = name.split(":");
  if ((kind === "price" || kind === "volatility") && asset !== undefined) {
    return new SiegeError("UNKNOWN_ASSET", {
      message: `greeks: "of" names ${shown(name)}, and the scenario has no such asset.`,
      hint: oneOf(known.keys(), "Name an asset of the scenario."),
    });
  }
  return unknownParameter(name, parameters);
}

function requireOutput(output: unknown, { conditions }: Pick<Scenario, "conditions">): GreeksOutput {
  const { margin, reads, decimals = 0 } = (output ?? {}) as Readonly<Record<string, unknown>>;
  if (margin === undefined && reads === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `greeks: "output" is ${shown(output)}.`,
      hint: 'Use the margin of a condition, { margin: "noBadDebt" }, or a function of the target, { reads: "totalAssets", decimals: 18 }.',
    });
  }
  if (reads !== undefined) {
    requireKnown("greeks: output", output as object, ["reads", "decimals"]);
    requireInRange("greeks: output", "decimals", decimals, { min: 0, max: 77, kind: "integer" });
    const isPlan = typeof (reads as { readonly decode?: unknown }).decode === "function";
    if (!isPlan) requireText("greeks: output", "reads", reads);
    return output as GreeksOutput;
  }
  requireKnown("greeks: output", output as object, ["margin"]);
  const ids = conditions.map(({ id }) => id);
  if (typeof margin === "string" && ids.includes(margin)) return { margin };
  throw new SiegeError("INVALID_OPTION", {
    message: `greeks: "output.margin" is ${shown(margin)}, which is no condition of the scenario.`,
    hint: `Use one of: ${ids.join(", ")}.`,
  });
}
