/** What candidates are compared by: all objectives are minimised. */
export interface Scored {
  readonly objectives: readonly number[];
  /** How much it violates constraints, added up; 0 if it violates none. */
  readonly violation: number;
}

/**
 * Whether one is better than the other: it violates less, or nothing like the other and is no worse in any objective and better in one
 * (Deb's constrained dominance).
 */
export function dominates(one: Scored, other: Scored): boolean {
  if (one.violation > 0 || other.violation > 0) return one.violation < other.violation;
  const isNoWorse = one.objectives.every((value, index) => value <= (other.objectives[index] ?? Infinity));
  return isNoWorse && one.objectives.some((value, index) => value < (other.objectives[index] ?? Infinity));
}

/** Places of candidates by front: the first is dominated by none, the second by the first alone, and so on. */
export function frontsOf(candidates: readonly Scored[]): readonly (readonly number[])[] {
  const beaten = candidates.map((one) => candidates.flatMap((other, index) => (dominates(one, other) ? [index] : [])));
  const left = candidates.map(() => 0);
  for (const ofOne of beaten) for (const index of ofOne) left[index] = (left[index] ?? 0) + 1;
  const fronts: number[][] = [];
  let front = [...left.keys()].filter((index) => left[index] === 0);
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const index of front) {
      for (const below of beaten[index] ?? []) {
        left[below] = (left[below] ?? 0) - 1;
        if (left[below] === 0) next.push(below);
      }
    }
    front = next.sort((one, other) => one - other);
  }
  return fronts;
}

/** How far apart the neighbours of each candidate of a front are, as a share of the front's extent; `Infinity` at its ends. */
export function crowdingOf(front: readonly Scored[]): readonly number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.objectives.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const valueOf = (place: number): number => front[place]?.objectives[objective] ?? 0;
    const order = [...front.keys()].sort((one, other) => valueOf(one) - valueOf(other));
    const [first = 0, last = 0] = [order[0], order.at(-1)];
    const extent = valueOf(last) - valueOf(first);
    distances[first] = distances[last] = Infinity;
    if (extent === 0) continue;
    for (const [rank, place] of order.entries()) {
      if (rank === 0 || rank === order.length - 1) continue;
      const apart = valueOf(order[rank + 1] ?? place) - valueOf(order[rank - 1] ?? place);
      distances[place] = (distances[place] ?? 0) + apart / extent;
    }
  }
  return distances;
}
