import type { Scored } from "../optimisers/dominance.js";

import { crowdingOf, frontsOf } from "../optimisers/dominance.js";

/** A candidate in the unit cube. */
export interface Placed extends Scored {
  readonly shares: readonly number[];
  /** Whether its paths say that it probably has less ruin than the limit, not only that it may have. */
  readonly isLikely: boolean;
}

/** How far apart the first two points are that are judged one after the other for one objective; the next ones are twice as far apart. */
const APART = 0.02;

/**
 * Which feasible candidates are judged, in this order: those that are likely to be accepted before others; of one objective, the best one
 * and then ever worse ones that lie apart, as it is the best that the paths of the search flatter most; of several, front by front, the
 * least crowded first.
 *
 * @returns places of candidates, as many as `points` at most
 */
export function shortlist(candidates: readonly Placed[], points: number): readonly number[] {
  const feasible = [...candidates.keys()].filter((place) => candidates[place]?.violation === 0);
  const isLikely = (place: number): boolean => candidates[place]?.isLikely === true;
  const order = [feasible.filter(isLikely), feasible.filter((place) => !isLikely(place))].flatMap((places) =>
    inOrder(places.flatMap((place) => candidates[place] ?? [])).map((index) => places[index] ?? 0),
  );
  if (candidates[feasible[0] ?? 0]?.objectives.length !== 1) return order.slice(0, points);
  const chosen: number[] = [];
  for (const place of order) {
    if (chosen.length === points) break;
    const own = candidates[place]?.shares ?? [];
    const apart = APART * 2 ** (chosen.length - 1);
    if (chosen.every((other) => distance(candidates[other]?.shares ?? [], own) >= apart)) chosen.push(place);
  }
  return chosen;
}

/** Front by front, the least crowded first. */
function inOrder(candidates: readonly Scored[]): readonly number[] {
  return frontsOf(candidates).flatMap((front) => {
    const crowding = crowdingOf(front.flatMap((index) => candidates[index] ?? []));
    const ranks = [...front.keys()].sort((one, other) => (crowding[other] ?? 0) - (crowding[one] ?? 0));
    return ranks.map((rank) => front[rank] ?? 0);
  });
}

/** The root mean square of the differences of coordinates. */
export function distance(one: readonly number[], other: readonly number[]): number {
  const squares = one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, one.length));
}
