import type { Scored } from "../optimisers/dominance.js";

import { frontsOf } from "../optimisers/dominance.js";

/** A candidate in the unit cube. */
export interface Placed extends Scored {
  readonly shares: readonly number[];
  /** Whether its paths say that it probably has less ruin than the limit, not only that it may have. */
  readonly isLikely: boolean;
}

/** A candidate that was judged. */
export interface JudgedPlace {
  readonly place: number;
  readonly isAccepted: boolean;
}

/** How far the second point that is judged for one objective is from the first; every further one is twice as far from all before. */
const APART = 0.02;

/**
 * Which feasible candidate is judged next: of those that are likely to be accepted, or else of all. The best ones are those that the paths of
 * the search flatter most, so every one that is not accepted makes the next choice more careful: of one objective, the best one that lies
 * apart; of several, one of the next front, as far as possible from those before.
 *
 * @returns a place of the candidates; `undefined` if there is none
 */
export function nextToJudge(candidates: readonly Placed[], judged: readonly JudgedPlace[]): number | undefined {
  const feasible = [...candidates.keys()].filter((place) => candidates[place]?.violation === 0);
  const likely = feasible.filter((place) => candidates[place]?.isLikely === true);
  const before = new Set(judged.map(({ place }) => place));
  const places = [likely, feasible].find((ofTier) => ofTier.some((place) => !before.has(place))) ?? [];
  const fronts = frontsOf(places.flatMap((place) => candidates[place] ?? [])).map((front) =>
    front.map((index) => places[index] ?? 0),
  );
  const apart = (place: number): number =>
    Math.min(...judged.map((one) => distance(sharesAt(candidates, one.place), sharesAt(candidates, place))));
  const left = fronts.map((front) => front.filter((place) => !before.has(place))).filter(({ length }) => length > 0);
  if (candidates[places[0] ?? 0]?.objectives.length === 1) {
    const least = judged.length === 0 ? 0 : APART * 2 ** (judged.length - 1);
    return left.flat().find((place) => apart(place) >= least);
  }
  const refused = judged.filter(({ isAccepted }) => !isAccepted).length;
  const [first, ...others] = left[Math.min(refused, left.length - 1)] ?? [];
  return others.reduce((best, place) => (best !== undefined && apart(best) >= apart(place) ? best : place), first);
}

function sharesAt(candidates: readonly Placed[], place: number): readonly number[] {
  return candidates[place]?.shares ?? [];
}

/** The root mean square of the differences of coordinates. */
export function distance(one: readonly number[], other: readonly number[]): number {
  const squares = one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, one.length));
}
