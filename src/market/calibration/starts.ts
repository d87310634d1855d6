/** A guess at what returns are made of, in terms of one spacing. */
export interface Start {
  /** Deviation of the diffusion. */
  readonly diffusion: number;
  /** Mean number of jumps. */
  readonly jumps: number;
  /** Mean and deviation of a jump. */
  readonly mean: number;
  readonly deviation: number;
  /** Drift of the price. */
  readonly growth: number;
}

/** Returns that are so many deviations of an ordinary one away from the median count as jumps: rare and large, or frequent. */
const THRESHOLDS = [4, 2] as const;

/** An interquartile range of the normal distribution, in deviations. */
const INTERQUARTILE = 1.349;

/** Places from which to search for a jump diffusion's likelihood, and the returns' deviation, with which numbers are scaled. */
export function startsOf(returns: Float64Array): { readonly starts: readonly Start[]; readonly scale: number } {
  const sorted = returns.toSorted();
  const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const scale = Math.sqrt(meanOf(returns.map((value) => (value - meanOf(returns)) ** 2)));
  const usual = Math.max((quantile(0.75) - quantile(0.25)) / INTERQUARTILE, scale / 5);
  const starts = THRESHOLDS.map((threshold) => {
    const isJump = (value: number): boolean => Math.abs(value - quantile(0.5)) > threshold * usual;
    const jumps = returns.filter(isJump);
    const rest = returns.filter((value) => !isJump(value));
    const mean = jumps.length === 0 ? 0 : meanOf(jumps);
    const squares = jumps.length < 2 ? (3 * usual) ** 2 : meanOf(jumps.map((value) => (value - mean) ** 2));
    const center = meanOf(rest);
    return {
      diffusion: Math.max(Math.sqrt(meanOf(rest.map((value) => (value - center) ** 2))), scale / 10),
      jumps: Math.max(1, jumps.length) / returns.length,
      mean,
      deviation: Math.max(Math.sqrt(squares), usual),
      growth: meanOf(returns) + scale ** 2 / 2,
    };
  });
  return { starts, scale };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
