import type { SiegeErrorCode } from "../../errors.js";

/** A file that a finding should have and that could not be written. Plain data. */
export interface Unsaved {
  readonly what: "reproduction" | "test";
  /** Where it belongs, relative to the project's root. */
  readonly file: string;
  readonly code: SiegeErrorCode;
  /** Why, in a sentence. */
  readonly reason: string;
  /**
   * What to save there by hand, one line of JSON: the reproduction without its state. The next campaign plays it first, and
   * confirms it again. Absent if it is too long to be copied, or if the file is a test.
   */
  readonly content?: string;
}
