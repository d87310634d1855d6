/** The segments between changes, each from its first place to the one after its last. */
function segmentsOf(changes: readonly number[], length: number): readonly (readonly [number, number])[] {
  const cuts = [...new Set(changes)].filter((at) => at > 0 && at < length).sort((one, other) => one - other);
  const bounds = [0, ...cuts, length];
  return bounds.slice(1).map((end, index) => [bounds[index]!, end] as const);
}

/** Arbeláez's covering of one segmentation by another, as in TCPDBench: the mean over annotators. */
export function covering(
  annotations: readonly (readonly number[])[],
  found: readonly number[],
  length: number,
): number {
  const segments = segmentsOf(found, length);
  const scores = annotations.map((truth) =>
    segmentsOf(truth, length).reduce((sum, [from, to]) => {
      const overlaps = segments.map(([start, end]) => {
        const shared = Math.max(0, Math.min(to, end) - Math.max(from, start));
        return shared / (to - from + end - start - shared);
      });
      return sum + ((to - from) / length) * Math.max(...overlaps);
    }, 0),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** How far off a change may be. */
const MARGIN = 5;

/** The F1 score of TCPDBench: the start counts as a change, precision is over all annotators, recall the mean of theirs. */
export function f1(annotations: readonly (readonly number[])[], found: readonly number[]): number {
  const truths = annotations.map((changes) => new Set([0, ...changes]));
  const told = new Set([0, ...found]);
  const all = new Set(truths.flatMap((changes) => [...changes]));
  const precision = matched(all, told) / told.size;
  const recall = truths.reduce((sum, changes) => sum + matched(changes, told) / changes.size, 0) / truths.length;
  return (2 * precision * recall) / (precision + recall);
}

/** How many of the truth were found, each by a change of its own. */
function matched(truth: ReadonlySet<number>, told: ReadonlySet<number>): number {
  const left = new Set(told);
  let count = 0;
  for (const at of truth) {
    const [nearest] = [...left]
      .filter((one) => Math.abs(one - at) <= MARGIN)
      .sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
    if (nearest === undefined) continue;
    left.delete(nearest);
    count += 1;
  }
  return count;
}
