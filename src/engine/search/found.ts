import type { Genome } from "../events/genome.js";
import type { Trace } from "../events/trace.js";
import type { Violation } from "../run/outcome.js";

/** What a search found. */
export interface Found {
  readonly violation: Violation;
  readonly genome: Genome;
  /** The trace of the run that found it. */
  readonly original: Trace;
  /** The seed and the run in which the search first found it. */
  readonly seed: number;
  readonly run: number;
}
