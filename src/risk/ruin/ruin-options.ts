import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { RareOptions } from "../rare/rare-options.js";

/** When a risk run may stop before it has played all of its paths. */
export type StopWhen =
  /** As soon as the interval lies wholly on one side of a probability, above 0 and below 1. */
  | { readonly limit: number }
  /** As soon as the interval is no wider than this, above 0 and below 1. */
  | { readonly width: number };

/** Options of `siege.ruin`. */
export interface RuinOptions {
  /** How many paths to play, 1 to 10,000,000; with `stopWhen`, at most. Default 1,000. */
  readonly paths?: number;
  /** The confidence of every interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /**
   * Stops early. The interval is then a confidence sequence, which holds wherever it stops and is wider than that of a fixed
   * number of paths. Default: all paths are played.
   */
  readonly stopWhen?: StopWhen;
  /**
   * Tilts prices towards ruin that plain sampling would hardly see, and weighs each path by its likelihood ratio (importance sampling).
   * Not with `stopWhen`. Default: paths are drawn as they are likely.
   */
  readonly rare?: RareOptions;
  /** Minimises the first of the ruined paths into reproductions, as many as this says, 0 to 1,000. Default 0. */
  readonly minimise?: number;
  /**
   * A file to which every path is appended when it is finished, and whose paths are not played again. Relative to the project's
   * root. Default: none.
   */
  readonly resume?: string;
  /** Values of the scenario's parameters, by name. Default: none is set. */
  readonly parameters?: ParameterValues;
  /** Seed of the paths. Default 1. */
  readonly seed?: number;
  /** Seconds after which it stops, incomplete. Default: none. */
  readonly timeLimit?: number;
  /** How many worlds paths are played on in parallel, 1 to 64, or `"auto"`. The result does not depend on it. Default `"auto"`. */
  readonly lanes?: number | "auto";
  /** How blocks are executed, as in a campaign. Default `batched`. */
  readonly executor?: "batched" | "faithful";
  /** Aborts it (Ctrl-C, SIGTERM): the paths that are finished are reported, as incomplete. */
  readonly signal?: AbortSignal;
  /** Called now and then with the number of paths that are finished, and of those that are ruined. */
  readonly progress?: (finished: number, ruined: number) => void;
}

/** The paths that are played by default: with none ruined, the probability is below 0.4 % with 95 % confidence. */
export const DEFAULT_PATHS = 1_000;

export const DEFAULT_CONFIDENCE = 0.95;
