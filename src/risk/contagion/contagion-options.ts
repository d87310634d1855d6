import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";

import { oneOf, SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireNames, requireOneOf, requireText, shown } from "../../options.js";
import { unknownParameter } from "../../scenario/parameters/settings.js";

/** Two values of a parameter between which a depth of liquidity is in one venue, or in several. */
export interface Fragmentation {
  /** A parameter of the scenario that decides on which venues there is the depth. */
  readonly parameter: string;
  /** Its value with all of the depth in one venue. */
  readonly whole: number;
  /** Its value with the same depth in several. Whether it is the same is not checked. */
  readonly parts: number;
}

/** The options of `siege.contagion`. */
export interface ContagionOptions {
  /** The protocols whose losses are measured, each once, at least two. Default: all of the scenario that report a shortfall. */
  readonly protocols?: readonly string[];
  /** Independent paths, 2 to 1,000,000: each is played without a shock, with each alone, and with all together. Default 100. */
  readonly paths?: number;
  /** The block in which the shocks happen, from 1 to the scenario's last. Default 1. */
  readonly at?: number;
  /**
   * A protocol has failed once its shortfall exceeds that at the start by more than this, US dollars, 0 to 1e15; less than that is no loss.
   * Default 1, as of `noShortfall`.
   */
  readonly tolerance?: number;
  /** Also plays the scenario with its liquidity in one venue and in several. Default: it does not. */
  readonly fragmentation?: Fragmentation;
  /** How many edges of the graph become minimal reproductions, those with the most added loss first, 0 to 100. Default 10. */
  readonly minimise?: number;
  /** Of every interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Of the paths. Default 1. */
  readonly seed?: number;
  /** Values of the scenario's parameters. Default: none is set. */
  readonly parameters?: ParameterValues;
  /**
   * A file to which every path is appended when it is finished, and whose paths are not played again; with `fragmentation`, two more of that
   * name with `.whole` and `.parts`. Relative to the project's root. Default: none.
   */
  readonly resume?: string;
  /** Seconds after which it stops, with the paths that it has. Default: none. */
  readonly timeLimit?: number;
  /** How many worlds paths are played on in parallel, 1 to 64, or `"auto"`. The result does not depend on it. Default `"auto"`. */
  readonly lanes?: number | "auto";
  /** How blocks are executed, as in a campaign. Default `batched`. */
  readonly executor?: "batched" | "faithful";
  /** Stops it, with the paths that it has. */
  readonly signal?: AbortSignal;
  /** Called now and then with the number of runs that are finished, and of all. */
  readonly progress?: (played: number, runs: number) => void;
}

/** A complete plan. */
export interface ContagionPlan extends Required<
  Pick<ContagionOptions, "paths" | "at" | "tolerance" | "minimise" | "confidence" | "seed" | "parameters">
> {
  /** `undefined`: all that report a shortfall. */
  readonly protocols: readonly string[] | undefined;
  readonly fragmentation: Fragmentation | undefined;
}

const OPTIONS = [
  "protocols",
  "paths",
  "at",
  "tolerance",
  "fragmentation",
  "minimise",
  "confidence",
  "seed",
  "parameters",
  "resume",
  "timeLimit",
  "lanes",
  "executor",
  "signal",
  "progress",
] as const;

const DEFAULT_PATHS = 100;
const DEFAULT_TOLERANCE = 1;
const DEFAULT_EDGES = 10;

/** @throws SiegeError `INVALID_OPTION`, `INVALID_SCENARIO` without shocks, `UNKNOWN_PROTOCOL`, `UNKNOWN_PARAMETER` */
export function contagionPlan(options: ContagionOptions, scenario: Scenario): ContagionPlan {
  requireKnown("contagion", options, OPTIONS);
  const { paths = DEFAULT_PATHS, at = 1, tolerance = DEFAULT_TOLERANCE, minimise = DEFAULT_EDGES } = options;
  const { confidence = 0.95, seed = 1, parameters = {}, protocols, fragmentation } = options;
  requireInRange("contagion", "paths", paths, { min: 2, max: 1_000_000, kind: "integer" });
  requireInRange("contagion", "at", at, { min: 1, max: scenario.blocks, kind: "integer" });
  requireInRange("contagion", "tolerance", tolerance, { min: 0, max: 1e15 });
  requireInRange("contagion", "minimise", minimise, { min: 0, max: 100, kind: "integer" });
  requireInRange("contagion", "confidence", confidence, { min: 0.01, max: 0.9999 });
  requireInRange("contagion", "seed", seed, { min: 0, max: 2 ** 31 - 1, kind: "integer" });
  const { timeLimit, resume, lanes = "auto", executor = "batched" } = options;
  if (resume !== undefined) requireText("contagion", "resume", resume);
  if (timeLimit !== undefined) requireInRange("contagion", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  if (lanes !== "auto") requireInRange("contagion", "lanes", lanes, { min: 1, max: 64, kind: "integer" });
  requireOneOf("contagion", "executor", executor, ["batched", "faithful"]);
  requireProtocols(protocols, scenario);
  if (scenario.shocks.size === 0) {
    throw new SiegeError("INVALID_SCENARIO", {
      message: "The scenario says of no protocol how it fails.",
      hint: "Say so: shocks: { lending: shock({ calls: call({ … }) }) }, made with shock of hardhat-siege/scenario.",
    });
  }
  if (fragmentation !== undefined) requireFragmentation(fragmentation, scenario, parameters);
  return { protocols, paths, at, tolerance, fragmentation, minimise, confidence, seed, parameters };
}

function requireProtocols(protocols: readonly string[] | undefined, scenario: Scenario): void {
  requireNames("contagion", "protocols", protocols);
  if (protocols === undefined) return;
  const twice = protocols.find((name, index) => protocols.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `contagion: "protocols" names ${shown(twice)} more than once.`,
      hint: "Name each protocol once.",
    });
  }
  for (const name of protocols) {
    if (scenario.protocols.has(name)) continue;
    throw new SiegeError("UNKNOWN_PROTOCOL", {
      message: `contagion: "protocols" names ${shown(name)}, which the scenario does not have.`,
      hint: oneOf(scenario.protocols.keys(), "Add it to the scenario's protocols."),
    });
  }
}

function requireFragmentation(
  fragmentation: Fragmentation,
  { parameters: described }: Scenario,
  parameters: ParameterValues,
): void {
  requireKnown("contagion: fragmentation", fragmentation, ["parameter", "whole", "parts"]);
  const { parameter, whole, parts } = fragmentation;
  requireText("contagion", "fragmentation.parameter", parameter);
  if (!described.has(parameter)) throw unknownParameter(parameter, described);
  if (whole === parts || Object.hasOwn(parameters, parameter)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `contagion: "fragmentation" compares ${shown(whole)} with ${shown(parts)} of "${parameter}"${whole === parts ? "" : ', which "parameters" sets'}.`,
      hint: 'Give two values of a parameter that is not set: fragmentation: { parameter: "venues", whole: 1, parts: 4 }.',
    });
  }
}
