import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Axis } from "./axis.js";
import type { Frontier } from "./frontier.js";
import type { MapPoint } from "./point.js";
import type { AlongParameter } from "./threshold.js";

/**
 * What a map shows. `threshold`: survival ends once along the parameter, as far as was tested; `several thresholds`: it ends and
 * begins again; `frontier`: some points of the plane survived and some broke; `undecided`: no point that was decided differs from
 * another, and some are not decided.
 */
export type MapOutcome = "threshold" | "several thresholds" | "frontier" | "all survived" | "all broke" | "undecided";

interface MapBase {
  readonly scenario: string;
  readonly target: string;
  readonly outcome: MapOutcome;
  /** The block of the connection; absent if every point broke before its first block. */
  readonly forkBlock?: number;
  /** Parameters that were the same at every point; absent if there were none. */
  readonly parameters?: ParameterValues;
  /** The search's, the same at every point. */
  readonly seed: number;
  /** Runs that the search of each point may use. */
  readonly runs: number;
  /** Evenly spaced values of each parameter that were tested first. */
  readonly first: number;
  /** For how many blocks all agents rest, after prices have returned, to see whether a violation lasts; absent if that is not tried. */
  readonly rest?: number;
  readonly seconds: number;
}

/** A map along one parameter. Plain data. */
export interface ThresholdMap extends MapBase, AlongParameter {
  readonly kind: "threshold map";
  readonly along: readonly [Axis];
  /** How far apart the ends of an edge are at most, in the parameter's unit. */
  readonly precision: number;
}

/** A map in two parameters. Plain data. */
export interface FrontierMap extends MapBase, Frontier {
  readonly kind: "frontier map";
  readonly along: readonly [Axis, Axis];
  readonly refinements: number;
}

/** What `siege.map` returns. */
export type SiegeMap = ThresholdMap | FrontierMap;

/** What the points of a map show together. @param edges - along one parameter */
export function outcomeOf(points: readonly MapPoint[], edges?: number): MapOutcome {
  const ends = new Set(points.map(({ end }) => end));
  if (ends.has("survived") && ends.has("broke")) {
    return edges === undefined ? "frontier" : edges === 1 ? "threshold" : "several thresholds";
  }
  if (ends.has("undecided") || ends.size === 0) return "undecided";
  return ends.has("survived") ? "all survived" : "all broke";
}
