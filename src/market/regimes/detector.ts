/** A change that a detector has found. */
export interface FoundChange {
  /** The first value of the new regime, by its place from 0: an estimate. */
  readonly at: number;
  /** The value after which it was found: `foundAt - at` values went by unnoticed. */
  readonly foundAt: number;
}

/** Looks at values one after the other, and says when their distribution has changed. It never looks ahead. */
export interface ChangeDetector {
  /** Takes the next value. @returns the change that it shows, if it shows one */
  observe(value: number): FoundChange | undefined;
}

/** How a detector measures values before it has seen a change: they are shifted and scaled by these. */
export interface Scale {
  readonly centre: number;
  /** Above 0. */
  readonly spread: number;
}

/** The mean and the standard deviation of values; values that are all the same have a spread of 1. */
export function scaleOf(values: readonly number[]): Scale {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const spread = Math.sqrt(squares / Math.max(1, values.length - 1));
  return { centre, spread: spread > 0 ? spread : 1 };
}
