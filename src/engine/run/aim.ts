import type { Violation } from "./outcome.js";

/** The violations at which a run ends; it goes on after all others. Plain data. Without a limit, every violation ends it. */
export interface Aim {
  /** Only violations of this cause; a condition's id stands for all of its causes. */
  readonly seeking?: string;
  /** Not violations of these causes. */
  readonly ignoring?: readonly string[];
  /** Set if no violation ends it: the run is played to its horizon, and its verdict has what was violated in `also`. */
  readonly toTheEnd?: true;
}

/** A violation that ends a run with this aim; `undefined` if none does. */
export function endOf(
  { seeking, ignoring = [], toTheEnd }: Aim,
  violations: readonly Violation[],
): Violation | undefined {
  if (toTheEnd === true) return undefined;
  return violations.find(
    (violation) => (seeking === undefined || isOf(seeking, violation)) && !ignoring.includes(violation.cause),
  );
}

/** Whether a violation has this cause. Reproductions of earlier releases only know the condition. */
export function isOf(cause: string, violation: Violation): boolean {
  return violation.cause === cause || violation.condition === cause;
}
