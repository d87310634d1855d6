import type { ParameterValues } from "../../scenario/parameters/setter.js";

/** How many runs a comparison plays on each side, unless it is told: each is played one transaction per call. */
export const DEFAULT_DIFF_RUNS = 100;

/** The budget of a comparison. */
export interface DiffOptions {
  /** How many runs are played on each side, 1 to 1,000,000. Default 100. */
  readonly runs?: number;
  /** Seed of the runs. Default 1. */
  readonly seed?: number;
  /** Seconds after which it stops, with the runs that were played on both sides. Default: none. */
  readonly timeLimit?: number;
  /** Values of the scenario's parameters on the first side, and on the second if `against` has none. Default: none is set. */
  readonly parameters?: ParameterValues;
  /** Aborts it: what was played on both sides is compared. */
  readonly signal?: AbortSignal;
}
