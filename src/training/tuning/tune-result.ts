import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Estimate, ProbabilityInterval } from "../../risk/intervals/interval.js";
import type { Axis } from "../../risk/map/axis.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";

/** A point of the ranges that the search tried. Plain data. */
export interface TuneCandidate {
  readonly values: ParameterValues;
  /** Means over its paths; empty if it was refused. */
  readonly objectives: Readonly<Record<string, number>>;
  /** The share of its paths that were ruined: by the paths that chose it, so no estimate of its ruin. 1 if it was refused. */
  readonly ruined: number;
  /** Why it could not be played: a contract does not take the value, or a condition does not hold from the start. */
  readonly refused?: string;
}

/** Ruin on fresh paths. */
export interface JudgedRuin {
  readonly paths: number;
  readonly ruined: number;
  /** A confidence sequence, with the error of all points shared out among them. */
  readonly interval: ProbabilityInterval;
  /** Why the paths say nothing about the target; absent if they do. */
  readonly doubts?: readonly string[];
}

/** What a search made of a point: it chooses prices and calls to break it, however unlikely they are. */
export type TuneAttack =
  | { readonly kind: "survived"; readonly runs: number }
  | {
      readonly kind: "broke";
      readonly condition: string;
      readonly summary: string;
      /** Whether its minimal run needs no move of a price, a feed or the gas market: then anybody can do it at any time. */
      readonly atWill: boolean;
      /** Relative to the project's root; absent if it could not be written. */
      readonly reproduction?: string;
    }
  | { readonly kind: "undecided"; readonly reason: string };

/** The nearest candidate at which a path was ruined. */
export interface NearestFailure {
  readonly values: ParameterValues;
  /** How far it is away, as a share of the ranges: the root mean square over the parameters. */
  readonly distance: number;
  /** Which of its paths was ruined, counted from 1. */
  readonly path: number;
  readonly summary: string;
  /** The path, minimised; absent if it could not be confirmed with one transaction per call, or written. */
  readonly reproduction?: string;
}

/** A change of a parameter. */
export interface ParameterChange {
  readonly name: string;
  readonly unit?: string;
  /** As it was on the chain, where the parameter says how that is read. */
  readonly from?: number;
  readonly to: number;
}

/** A point that was judged. Plain data. */
export interface TunePoint {
  readonly values: ParameterValues;
  /**
   * `accepted`: the upper bound of its ruin is below the limit; `rejected`: the lower bound is not; `undecided`: the limit is within the
   * interval after all fresh paths, or these say nothing; `broken`: below the limit, but the attack breaks it at will.
   */
  readonly verdict: "accepted" | "rejected" | "undecided" | "broken";
  readonly ruin: JudgedRuin;
  /** Present if it was attacked: if it broke, its own nearest failure, minimal. */
  readonly attack?: TuneAttack;
  /** On fresh paths, with bootstrap intervals; empty unless it was accepted. */
  readonly objectives: Readonly<Record<string, Estimate>>;
  /** What it changes. */
  readonly change: readonly ParameterChange[];
  /** Present if it was accepted, and a path of some candidate was ruined. */
  readonly nearestFailure?: NearestFailure;
}

/** What `siege.tune` returns. Plain data. */
export interface TuneResult {
  readonly scenario: string;
  readonly target: string;
  readonly forkBlock: number;
  readonly of: readonly Axis[];
  readonly objectives: readonly {
    readonly name: string;
    readonly goal: "maximise" | "minimise";
    readonly unit?: string;
  }[];
  readonly method: "CMA-ES" | "NSGA-II";
  readonly ruin: { readonly limit: number; readonly confidence: number };
  /** Paths per candidate. */
  readonly paths: number;
  readonly seed: number;
  readonly parameters?: ParameterValues;
  /** All that were tried, in their order. */
  readonly candidates: readonly TuneCandidate[];
  /** Those that were judged, in their order. */
  readonly judged: readonly TunePoint[];
  /** Places in `judged` of the accepted points that no other accepted one dominates, best first objective first. */
  readonly front: readonly number[];
  /** Objectives that were the same at every candidate. */
  readonly constant: readonly string[];
  /**
   * `tuned`: there is a front; `infeasible`: every candidate had more ruin than the limit; `none`: no point that was judged was accepted;
   * `incomplete`: stopped before one was.
   */
  readonly outcome: "tuned" | "infeasible" | "none" | "incomplete";
  /** Set if it was stopped before its end. */
  readonly cut?: Interruption["reason"];
  readonly seconds: number;
}
