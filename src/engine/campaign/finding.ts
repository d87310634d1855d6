import type { Trace } from "../events/trace.js";
import type { FindingRecord } from "../reproduction/finding-record.js";

/** A violation that a campaign found: its record and its origin. */
export interface Finding extends FindingRecord {
  /** The trace as found. */
  readonly original: Trace;
  /** Where the reproduction was written, relative to the project's root. */
  readonly reproduction: string | undefined;
  /** Run of the search that found it, counted from 1; 0 for a regression from a saved reproduction. */
  readonly run: number;
}
