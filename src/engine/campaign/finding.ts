import type { Trace } from "../events/trace.js";
import type { FindingRecord } from "../reproduction/finding-record.js";
import type { Violation } from "../run/outcome.js";

/** A violation that a campaign found: its record and its origin. */
export interface Finding extends FindingRecord {
  /** The trace as found. */
  readonly original: Trace;
  /** Violations of other causes that were seen on the way, in the run that found it or while minimising: one of each. */
  readonly also: readonly Violation[];
  /** Where the reproduction was written, relative to the project's root. */
  readonly reproduction: string | undefined;
  /** Run of the search that found it, counted from 1; 0 for a regression from a saved reproduction. */
  readonly run: number;
}
