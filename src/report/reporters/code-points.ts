import type { FindingRecord } from "../../engine/reproduction/finding-record.js";

/** A place in the code that a finding points to. */
export interface TellingPoint {
  readonly contract: string;
  readonly function: string;
  /** Relative to the project's root; absent where the source is not known. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** What on the market opens it. */
  readonly opens?: string;
  /** Its text. */
  readonly excerpt?: string;
}

/** The places in the code that a finding points to, best first; none if that is not known. */
export function codePointsOf(
  finding: FindingRecord & { readonly code?: readonly TellingPoint[] },
): readonly TellingPoint[] {
  return finding.code ?? [];
}
