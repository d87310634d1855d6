import type { HarmOf } from "../../engine/run/harm.js";
import type { Violation } from "../../engine/run/outcome.js";
import type { RunReport } from "../../engine/search/lanes/run-job.js";

/** A condition that was violated in a path. Plain data. */
export interface PathViolation {
  readonly condition: string;
  /** See `Violation.cause`. */
  readonly cause: string;
  /** The first block after which it did not hold. */
  readonly block: number;
  /** Its evidence then, in a sentence. */
  readonly summary: string;
}

/** A path in which a condition did not hold after some block. Plain data. */
export interface RuinedPath {
  /** Which path, counted from 1. The same for every number of lanes, with the same scenario and seed. */
  readonly path: number;
  /** The first block after which a condition did not hold. */
  readonly block: number;
  /** The horizon up to that block, seconds. */
  readonly seconds: number;
  /** The first violation of each cause, in their order. At least one. */
  readonly violations: readonly PathViolation[];
  /** The harm that conditions measured in it. */
  readonly harm: readonly HarmOf[];
  /** Conditions that did not hold at the horizon either; empty if the target has recovered. */
  readonly atEnd: readonly string[];
}

/** How a path ended. */
export interface PathEnd {
  /** Counted from 0. */
  readonly index: number;
  /** `undefined` if all conditions held after every block. */
  readonly ruin: RuinedPath | undefined;
  /** The collateral that liquidations took, US dollars; absent if no protocol can tell. */
  readonly liquidated?: number;
}

/** How a path ended, by the report of a run that was played to its horizon; `undefined` after a fault, which is neither. */
export function endOfPath({ index, outcome, harm }: RunReport, blockTime: number): PathEnd | undefined {
  if (outcome.kind === "invalid") return undefined;
  const { also = [] } = outcome;
  const [first] = also;
  const liquidated = harm?.liquidated === undefined ? {} : { liquidated: harm.liquidated };
  if (first === undefined) return { index, ruin: undefined, ...liquidated };
  return {
    index,
    ...liquidated,
    ruin: {
      path: index + 1,
      block: first.block,
      seconds: first.block * blockTime,
      violations: pathViolations(also),
      harm: harm?.measured ?? [],
      atEnd: harm?.atEnd ?? [],
    },
  };
}

/** Violations without their numbers. */
export function pathViolations(violations: readonly Violation[]): readonly PathViolation[] {
  return violations.map(({ condition, cause, block, evidence }) => ({
    condition,
    cause,
    block,
    summary: evidence.summary,
  }));
}
