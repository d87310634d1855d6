import type { ReadPlan } from "../../protocols/read-plan.js";
import type { ParameterValues } from "./setter.js";

import { SiegeError } from "../../errors.js";
import { requireKnown, requireOneOf, requireText, shown } from "../../options.js";

/** What an objective is computed from, of one path. */
export interface ObjectiveContext {
  /** The parameters' values. */
  readonly values: ParameterValues;
  /** What `reads` returned before the first block, and after the last one; `NaN` without `reads`. */
  readonly start: number;
  readonly end: number;
}

/** A number of a path that a tuning makes large or small, on average over paths. */
export interface Objective {
  readonly goal: "maximise" | "minimise";
  /** What its number means, as reports print it after the value: `USDC`. */
  readonly unit?: string;
  /** Reads a number from the chain: `map(read({ address, abi, functionName: "totalFees" }), (fees) => Number(fees) / 1e6)`. */
  readonly reads?: ReadPlan<number>;
  /** The objective's value: a finite number. Synchronous and pure. Default: what `reads` returned after the last block. */
  readonly of?: (context: ObjectiveContext) => number;
}

/**
 * Describes an objective of a scenario. Nothing is measured unless it is tuned: `siege.tune(market, scenario, …)`.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * objectives: {
 *   fees: objective({ goal: "maximise", reads: totalFees, of: ({ start, end }) => end - start }),
 *   ltv: objective({ goal: "maximise", of: ({ values }) => values.ltv ?? 0 }),
 * }
 * ```
 */
export function objective(options: Objective): Objective {
  requireKnown("objective", options, ["goal", "unit", "reads", "of"]);
  const { goal, unit, reads, of } = options;
  requireOneOf("objective", "goal", goal, ["maximise", "minimise"]);
  if (unit !== undefined) requireText("objective", "unit", unit);
  if (reads !== undefined && typeof (reads as { readonly decode?: unknown }).decode !== "function") {
    throw invalid("reads", reads, "Use a plan: map(read({ address, abi, functionName }), (answer) => Number(answer)).");
  }
  if (of !== undefined && typeof of !== "function") {
    throw invalid("of", of, "It must be a function: ({ start, end, values }) => end - start.");
  }
  if (reads === undefined && of === undefined) {
    throw invalid(
      "reads",
      undefined,
      "Say what is read, or how its value follows from the parameters: of: ({ values }) => ….",
    );
  }
  return Object.freeze({ ...options });
}

function invalid(option: string, value: unknown, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message: `objective: "${option}" is ${shown(value)}.`, hint });
}
