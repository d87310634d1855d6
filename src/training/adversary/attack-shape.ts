import type { AMOUNTS, Kind, PLACES, RARITY, REPEATS, When } from "./policy.js";

/** A call of an attack by its features, without a name. */
export interface CallShape {
  readonly kind: Kind;
  readonly when: When;
  readonly amount: (typeof AMOUNTS)[number];
  readonly rarity: (typeof RARITY)[number];
  readonly place: (typeof PLACES)[number];
  readonly repeat: (typeof REPEATS)[number];
}

/** The calls of an attack, in their order. */
export type AttackShape = readonly CallShape[];

/** Whether callers of an action pay or get something. */
export function kindOf({
  pays,
  gets,
  succeeded,
}: {
  readonly pays: boolean;
  readonly gets: boolean;
  readonly succeeded: boolean;
}): Kind {
  if (!succeeded) return "unseen";
  if (pays) return gets ? "swap" : "in";
  return gets ? "out" : "none";
}

/** In which third of those of its kind a function is, by how often it has succeeded. */
export function rarityOf(count: number, counts: readonly number[]): CallShape["rarity"] {
  const rarer = counts.filter((other) => other < count).length;
  if (3 * rarer < counts.length) return "rare";
  return 3 * rarer < 2 * counts.length ? "middle" : "common";
}
