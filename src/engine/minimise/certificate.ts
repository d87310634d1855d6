/** A single-step deletion that was played: without that step the violation is gone, so the step is needed. */
export interface DeletionProof {
  /** Index of the step in the minimal trace. */
  readonly step: number;
  /** Index of the inner call that was left out; absent if it was the whole step. */
  readonly inner?: number;
  /** How the run without it ended. */
  readonly without: "survived" | "another violation";
}

/** Proof that a trace is 1-minimal. */
export interface Certificate {
  readonly kind: "1-minimal";
  /** One entry for each step that does not follow from others, in order. */
  readonly deletions: readonly DeletionProof[];
}

/** The sizes of a step between which the target breaks, found by bisection. */
export interface Threshold {
  /** Index of the step: a price move, a wrong price, a change of block-space demand. */
  readonly step: number;
  /** The step's kind: `market`, `oracle`, `gas`. */
  readonly kind: string;
  /** The size that breaks the target: a change, or the factor of a wrong price. */
  readonly fails: number;
  /** The nearest size that survives. */
  readonly survives: number;
  /** The distance between the two. */
  readonly resolution: number;
  /** Unit of all three: `ppm`, or the unit of a scenario's own value. */
  readonly unit: string;
}
