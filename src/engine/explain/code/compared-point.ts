import type { CodePoint } from "../code-point.js";

/** A point before what opens it is known. */
export interface ComparedPoint {
  readonly point: CodePoint;
  /** Of each survivor: whether it does otherwise there. */
  readonly differs: readonly boolean[];
}
