import type { Estimate } from "../intervals/interval.js";
import type { RuinedPath } from "./path-end.js";

import { quantileOf } from "../intervals/order-statistics.js";

/** The quantiles that are told. */
const LEVELS = [0.1, 0.5, 0.9] as const;

/** When ruin came, given that it did. */
export interface TimeToRuin {
  /** The share of the ruined paths that were ruined by then: 0.5 for the median. */
  readonly level: number;
  readonly blocks: Estimate;
  readonly seconds: Estimate;
}

/** Quantiles of the time to ruin; empty without a ruined path. */
export function timeToRuinOf(ruined: readonly RuinedPath[], confidence: number): readonly TimeToRuin[] {
  if (ruined.length === 0) return [];
  const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);
  const blocks = ascending(ruined.map(({ block }) => block));
  const seconds = ascending(ruined.map((path) => path.seconds));
  return LEVELS.map((level) => ({
    level,
    blocks: quantileOf(blocks, level, confidence),
    seconds: quantileOf(seconds, level, confidence),
  }));
}
