import type { Scenario } from "../../scenario/scenario.js";
import type { Target } from "../../target/target.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";

/**
 * A target to learn from, with its scenario.
 *
 * @typeParam SiegeT - `siege` of a connection
 */
export interface Lesson<SiegeT = unknown> {
  readonly target: Target;
  readonly scenario: Scenario;
  /** `siege` of the connection on which the target is. Default: that of the call. */
  readonly siege?: SiegeT;
}

/** Options of `siege.train`. */
export interface TrainOptions {
  /** Runs of a campaign in the last stage, 8 to 1,000,000; earlier ones have fewer. Default 256. */
  readonly runs?: number;
  /** Seed of all campaigns. Default 1. */
  readonly seed?: number;
  /** Stages, 1 to 16: each has twice the runs of the one before, and longer attacks. Default 4. */
  readonly stages?: number;
  /** Seconds after which it stops, with what it has learnt. Default: none. */
  readonly timeLimit?: number;
  /** Stops it, with what it has learnt. */
  readonly signal?: AbortSignal;
  /** Called after every campaign, with how many there were. */
  readonly progress?: (done: number, wanted: number) => void;
}

/** A complete plan. */
export interface TrainPlan {
  readonly runs: number;
  readonly seed: number;
  readonly stages: number;
}

/** @throws SiegeError `INVALID_OPTION` */
export function trainPlan(lessons: readonly unknown[], options: TrainOptions): TrainPlan {
  const given: unknown = lessons;
  if (!Array.isArray(given) || given.length === 0) {
    throw new SiegeError("INVALID_OPTION", {
      message: `train: it is given ${shown(given)} to learn from.`,
      hint: "Give at least one target with its scenario: siege.train([{ target: vault, scenario }]).",
    });
  }
  for (const lesson of given) requireKnown("train: a lesson", lesson as object, ["target", "scenario", "siege"]);
  requireKnown("train", options, ["runs", "seed", "stages", "timeLimit", "signal", "progress"]);
  const { runs = 256, seed = 1, stages = 4, timeLimit } = options;
  const whole = { kind: "integer" } as const;
  requireInRange("train", "runs", runs, { min: 8, max: 1_000_000, ...whole });
  requireInRange("train", "seed", seed, { min: 0, max: 2 ** 31 - 1, ...whole });
  requireInRange("train", "stages", stages, { min: 1, max: 16, ...whole });
  if (timeLimit !== undefined) requireInRange("train", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  return { runs, seed, stages };
}
