/** How an interval was made, and so what it promises. */
export type IntervalMethod =
  /** Exact for a number of trials that was fixed before the first. */
  | "Clopper-Pearson"
  /** Holds at every number of trials at once, so also at one that was chosen by looking at the results. */
  | "confidence sequence"
  /** Ranks of the sorted sample; exact, whatever the distribution. */
  | "order statistics"
  /** Percentiles of resampled estimates; approximate. */
  | "bootstrap"
  /** Normal on the logarithm of a mean of likelihood ratios; approximate. */
  | "importance sampling"
  /** Student's t on the logarithm of a mean of independent runs; approximate. */
  | "splitting"
  /** Student's t of a mean over independent paths; approximate. */
  | "Student's t";

/** An interval for a number. Plain data. */
export interface Interval {
  /** Absent if the sample is too small to bound it from below. */
  readonly lower?: number;
  /** Absent if the sample is too small to bound it from above. */
  readonly upper?: number;
  /** The least probability with which such intervals contain the number, 0 to 1. */
  readonly confidence: number;
  readonly method: IntervalMethod;
}

/** An interval for a probability, which is never unbounded. */
export type ProbabilityInterval = Interval & Required<Pick<Interval, "lower" | "upper">>;

/** An interval of percentiles of resampled estimates: approximate. Plain data. */
export interface BootstrapInterval extends Interval {
  readonly lower: number;
  readonly upper: number;
  readonly method: "bootstrap";
}

/** An estimate with its interval. Plain data. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}
