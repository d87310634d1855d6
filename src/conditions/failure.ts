import type { Evidence, GivenEvidence } from "./evidence.js";

import { toEvidence } from "./evidence.js";

/** One reason why a condition does not hold. */
export interface Failure {
  /**
   * What failed, the same whenever it fails again: the condition's id, and what the condition says it is about, as in
   * `invariants/invariant_supply()` or `withdrawable/alice`. Two failures with one cause are one finding.
   */
  readonly cause: string;
  readonly evidence: Evidence;
}

/** What `judge` may return: one failure, several of different causes, or none. */
export type Judgement = string | GivenEvidence | readonly (string | GivenEvidence)[] | undefined;

/**
 * The failures that a condition returned, one for each cause, in the condition's order.
 *
 * @param id - the condition's
 * @throws TypeError if it returned something else
 */
export function failuresOf(id: string, given: unknown): readonly Failure[] {
  const failures = new Map<string, Failure>();
  for (const one of Array.isArray(given) ? (given as readonly unknown[]) : [given]) {
    const evidence = toEvidence(one);
    if (evidence === undefined) continue;
    const cause = causeOf(id, one);
    if (!failures.has(cause)) failures.set(cause, { cause, evidence });
  }
  return [...failures.values()];
}

function causeOf(id: string, given: unknown): string {
  const part: unknown = typeof given === "object" ? (given as Partial<GivenEvidence>).cause : undefined;
  if (part === undefined) return id;
  if (typeof part === "string" && part !== "") return `${id}/${part}`;
  throw new TypeError(
    `judge() returned a cause that is ${part === "" ? "an empty string" : `a ${typeof part}`}; name what failed, or leave it out.`,
  );
}

/** Each of several things that fail at once, followed by the others: every failure tells of itself first. */
export function eachFirst<T>(failed: readonly T[]): readonly (readonly [T, ...T[]])[] {
  return failed.map((own) => [own, ...failed.filter((other) => other !== own)] as const);
}
