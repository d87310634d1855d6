/**
 * The volume that points dominate up to a reference point, all objectives being minimised: by slices along the last one (HSO; While,
 * Hingston, Barone and Huband, *A faster algorithm for calculating hypervolume*, 2006). Points that are no better than the reference in
 * some objective count for nothing.
 *
 * @param points - the values of the objectives
 * @param reference - as many values, each worse than what counts
 */
export function hypervolume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const inside = points.filter((point) => reference.every((limit, index) => (point[index] ?? Infinity) < limit));
  return volume(inside, reference);
}

function volume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const last = reference.length - 1;
  const limit = reference[last] ?? 0;
  if (last === 0) return points.reduce((most, [value = limit]) => Math.max(most, limit - value), 0);
  const sorted = points.toSorted((one, other) => (one[last] ?? 0) - (other[last] ?? 0));
  if (last === 1) return area(sorted, reference);
  return sorted.reduce((sum, point, index) => {
    const depth = (sorted[index + 1]?.[last] ?? limit) - (point[last] ?? limit);
    if (depth === 0) return sum;
    return (
      sum +
      depth *
        volume(
          sorted.slice(0, index + 1).map((one) => one.slice(0, last)),
          reference.slice(0, last),
        )
    );
  }, 0);
}

/** @param sorted - by the second objective, ascending */
function area(sorted: readonly (readonly number[])[], [right = 0, top = 0]: readonly number[]): number {
  let least = right;
  let covered = 0;
  for (const [x = right, y = top] of sorted) {
    if (x >= least) continue;
    covered += (least - x) * (top - y);
    least = x;
  }
  return covered;
}
