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

/** Between which sizes of a step the target breaks, found by bisection. */
export interface Threshold {
  /** Index of the step: a price move, a fault that makes a price wrong, a demand for block space. */
  readonly step: number;
  /** The step's kind: `market`, `oracle`, `gas`. */
  readonly kind: string;
  /** The size that breaks the target: a change, or the factor of a wrong price. */
  readonly fails: number;
  /** The size nearest to it that survives. */
  readonly survives: number;
  /** What lies between the two. */
  readonly resolution: number;
  /** What all three count: `ppm`. */
  readonly unit: string;
}
