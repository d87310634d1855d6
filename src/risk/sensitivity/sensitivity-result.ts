import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Axis } from "../map/axis.js";
import type { MorrisEffect } from "./morris.js";
import type { SensitivityOutput } from "./output.js";
import type { SobolIndex } from "./saltelli.js";

/** A point that was measured. */
export interface SensitivityPoint {
  readonly values: ParameterValues;
  /** The output there. */
  readonly value: number;
}

interface SensitivityBase {
  readonly scenario: string;
  readonly target: string;
  readonly forkBlock: number;
  /** The parameters whose effects were estimated. */
  readonly of: readonly Axis[];
  readonly output: SensitivityOutput;
  /** Of the design and of the runs. */
  readonly seed: number;
  /** Runs at each point. */
  readonly runs: number;
  /** Parameters that were the same at every point; absent if there were none. */
  readonly parameters?: ParameterValues;
  readonly confidence: number;
  /** Trajectories or rows that were completed: fewer than `wanted` if it was stopped. */
  readonly samples: number;
  readonly wanted: number;
  /** Every point that was measured, once. */
  readonly points: readonly SensitivityPoint[];
  /** `constant`: the output is the same at every point, so that nothing drives it; `incomplete`: too few samples for an estimate. */
  readonly outcome: "estimated" | "constant" | "incomplete";
  /** Set if it was stopped before its end. */
  readonly cut?: Interruption["reason"];
  readonly seconds: number;
}

/** Morris screening. Plain data. */
export interface MorrisResult extends SensitivityBase {
  readonly method: "morris";
  /** By parameter, in their order: the change of the output over the whole range. Empty unless it was estimated. */
  readonly effects: readonly (MorrisEffect & { readonly name: string })[];
}

/** Sobol indices. Plain data. */
export interface SobolResult extends SensitivityBase {
  readonly method: "sobol";
  readonly mean: number;
  readonly variance: number;
  /** By parameter, in their order. Empty unless it was estimated. */
  readonly indices: readonly (SobolIndex & { readonly name: string })[];
}

/** What `siege.sensitivity` returns. */
export type SensitivityResult = MorrisResult | SobolResult;
