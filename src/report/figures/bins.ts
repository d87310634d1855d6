/** A bar of a histogram: numbers from `from` up to but not `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The most bars: of more, their counts cannot be read. */
const MOST = 20;

/** What a width may be, times a power of ten. */
const ROUND = [1, 2, 2.5, 5, 10] as const;

/** Numbers in bins of one round width, about as many as the root of how many numbers there are. @param values - not below 0 */
export function binned(values: readonly number[]): readonly Bin[] {
  if (values.length === 0) return [];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const wanted = Math.min(MOST, Math.max(1, Math.ceil(Math.sqrt(values.length))));
  const width = roundUp((most - least) / wanted) || roundUp(most) || 1;
  const first = Math.floor(least / width);
  const counts: number[] = Array.from({ length: Math.floor(most / width) - first + 1 }, () => 0);
  for (const value of values) {
    const at = Math.floor(value / width) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: (first + index) * width, to: (first + index + 1) * width, count }));
}

function roundUp(value: number): number {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return (ROUND.find((step) => step * power >= value) ?? 10) * power;
}
