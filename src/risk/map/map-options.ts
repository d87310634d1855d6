import type { CampaignOptions } from "../../engine/campaign/options.js";
import type { Parameter, Scenario } from "../../scenario/scenario.js";
import type { Axis } from "./axis.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireText, shown } from "../../options.js";
import { unknownParameter } from "../../scenario/parameters/settings.js";

import { axisOf } from "./axis.js";

/** The options of `siege.map`. */
export interface MapOptions extends Omit<CampaignOptions, "explain" | "findings" | "timeLimit"> {
  /** The parameter along which the threshold is sought, or the two in which the frontier is. */
  readonly along: string | readonly [string] | readonly [string, string];
  /** How many evenly spaced values of each are tested first, both ends of the range among them, 2 to 33. Default 5. */
  readonly points?: number;
  /**
   * Along one parameter: values are bisected until one that survived and one that broke are no further apart than this, in the
   * parameter's unit. Default: its step or, without one, a hundredth of its range.
   */
  readonly precision?: number;
  /** In two parameters: how often a cell is halved whose points differ, 0 to 6. Default 2. */
  readonly refinements?: number;
  /**
   * After what broke, all prices return to those of the start, and no agent acts for so many blocks, 0 to 10,000: what does not
   * hold then either is lost for good. 0: it is not tried. Default 10, a choice: longer than feeds take to publish.
   */
  readonly rest?: number;
  /**
   * A file to which every point is appended when it is decided, and whose points are not played again. Relative to the project's
   * root. Default: none.
   */
  readonly resume?: string;
  /** Seconds after which the whole map stops. Default: none. */
  readonly timeLimit?: number;
}

/** A map's own options, complete. */
export interface MapPlan {
  readonly axes: readonly [Axis] | readonly [Axis, Axis];
  readonly points: number;
  readonly precision: number;
  readonly refinements: number;
  readonly rest: number;
}

const OPTIONS = [
  "along",
  "points",
  "precision",
  "refinements",
  "rest",
  "resume",
  "runs",
  "seed",
  "timeLimit",
  "lanes",
  "executor",
  "parameters",
  "signal",
  "progress",
] as const;

/** @throws SiegeError `INVALID_OPTION`, `UNKNOWN_PARAMETER` */
export function planOf(options: MapOptions, { parameters }: Pick<Scenario, "parameters">): MapPlan {
  requireKnown("map", options, OPTIONS);
  const { along, points = 5, refinements = 2, rest = 10 } = options;
  const names: readonly unknown[] = typeof along === "string" ? [along] : Array.isArray(along) ? along : [];
  const [first, second, ...more] = names;
  if (first === undefined || more.length > 0 || names.some((name) => typeof name !== "string") || first === second) {
    throw new SiegeError("INVALID_OPTION", {
      message: `map: "along" is ${shown(along)}.`,
      hint: 'Name one parameter, or two: along: "ltv", or along: ["ltv", "drop"].',
    });
  }
  const axes = names.map((name) => axis(String(name), parameters, options.parameters));
  requireInRange("map", "points", points, { min: 2, max: 33, kind: "integer" });
  requireInRange("map", "refinements", refinements, { min: 0, max: 6, kind: "integer" });
  if (options.resume !== undefined) requireText("map", "resume", options.resume);
  requireInRange("map", "rest", rest, { min: 0, max: 10_000, kind: "integer" });
  const [least, most] = axes[0]?.range ?? [0, 1];
  const { precision = axes[0]?.step ?? (most - least) / 100 } = options;
  requireInRange("map", "precision", precision, { min: Number.MIN_VALUE, max: most - least });
  // one or two, as was checked
  return { axes: axes as unknown as MapPlan["axes"], points, precision, refinements, rest };
}

function axis(name: string, parameters: ReadonlyMap<string, Parameter>, fixed: MapOptions["parameters"] = {}): Axis {
  const parameter = parameters.get(name);
  if (parameter === undefined) throw unknownParameter(name, parameters);
  if (!Object.hasOwn(fixed, name)) return axisOf(name, parameter);
  throw new SiegeError("INVALID_OPTION", {
    message: `map: the parameter "${name}" is set to ${shown(fixed[name])}, and the map is to be made along it.`,
    hint: "Leave it out of parameters: those are the ones that stay the same at every point.",
  });
}
