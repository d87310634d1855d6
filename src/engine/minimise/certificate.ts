/** A single-step deletion that was run: the trace without that step survives, so the step is needed. */
export interface DeletionProof {
  /** Index of the step in the minimal trace. */
  readonly step: number;
  /** Which of the calls that the step makes was left out; without it, the whole step. */
  readonly inner?: number;
  /** What the run without it ended in. */
  readonly without: "survived" | "another violation";
}

/** Proof that a trace is 1-minimal. */
export interface Certificate {
  readonly kind: "1-minimal";
  /** One entry for each step that does not follow from the others, in order. */
  readonly deletions: readonly DeletionProof[];
}

/** The threshold of one price move of the minimal trace. */
export interface Threshold {
  /** Index of the step: a price move, or a fault that makes a price wrong. */
  readonly step: number;
  /**
   * The largest change that survives, or the factor of a wrong price that is farthest off and survives, parts per million,
   * found by bisection at `resolution`.
   */
  readonly survives: number;
  /** Parts per million between what fails and what survives. */
  readonly resolution: number;
}
