import type { Genome } from "../events/genome.js";
import type { Trace } from "../events/trace.js";
import type { Violation } from "../run/outcome.js";

/** A violation that a run showed. */
export interface Found {
  readonly violation: Violation;
  readonly genome: Genome;
  /** The trace of the run that found it. */
  readonly original: Trace;
  /** Which of the two leads to it: a trace that the minimiser changed is no longer that of the genome. */
  readonly plays: "genome" | "trace";
  /** Violations of other causes in the same run. */
  readonly also: readonly Violation[];
  /** The seed and the run in which the search first found it. */
  readonly seed: number;
  readonly run: number;
}
