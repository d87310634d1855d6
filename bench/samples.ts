/** Statistics of a list of measurements. */
export interface Summary {
  readonly samples: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The median distance from the median. */
  readonly deviation: number;
}

/** The middle value; of an even number of values, the mean of the middle two. `NaN` for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN];
  return (low + high) / 2;
}

export function summarise(values: readonly number[]): Summary {
  const center = median(values);
  return {
    samples: values.length,
    median: center,
    least: Math.min(...values),
    most: Math.max(...values),
    deviation: median(values.map((value) => Math.abs(value - center))),
  };
}
