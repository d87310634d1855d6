/** A number that was estimated. Plain data. */
export interface FlowEstimate {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
  /** 95 % interval. */
  readonly interval: readonly [lower: number, upper: number];
}

/** How sure intervals of order flow are. */
export const CONFIDENCE = 0.95;
