import type { JudgeContext } from "./condition.js";

/** Holdings that are seen cover what the target says it has, but for this share of it. */
const COVERED = 0.99;

/** What the market has done to the target's holdings so far. Plain data. */
export interface MarketMemory {
  /** What the target owned after the last block at its prices, whole units of the asset. */
  readonly worth: number;
  /** The product of all changes that prices alone made. */
  readonly level: number;
  /** The least that it has been: a feed may tell today what the market did yesterday. */
  readonly least: number;
}

/**
 * How far prices alone have lowered what the target is worth in an asset since the start, as a factor of at most 1. In every
 * block, what it owned before is valued at the prices before and after; the changes are multiplied. Where the target's known
 * holdings do not cover what it says it has, at the start or now, what it owns is elsewhere and may be anything: then the factor
 * is that of the asset of the scenario which has fallen most against the unit.
 *
 * @param asset - the asset in which claims are counted
 * @param stated - what the target says it owns, whole units of the asset; `undefined` if it does not say
 */
export function marketFactor(
  { view, startView, target, worth }: Pick<JudgeContext<unknown>, "view" | "startView" | "target" | "worth">,
  asset: string,
  stated: { readonly start: number | undefined; readonly now: number | undefined },
  before: MarketMemory | undefined,
): MarketMemory {
  const price = view.price(asset);
  const now = worth(target.address, "now") / price;
  const start = worth(target.address, "start", "start") / startView.price(asset);
  if (start < (stated.start ?? 0) * COVERED || now < (stated.now ?? 0) * COVERED) {
    const falls = [...view.tokens.values()].flatMap((token) =>
      token.asset === undefined ? [] : [view.price(token.asset) / startView.price(token.asset)],
    );
    const level = Math.min(1, ...falls) / Math.max(price / startView.price(asset), Number.MIN_VALUE);
    return { worth: now, level, least: Math.min(1, level, before?.least ?? 1) };
  }
  const owned = before?.worth ?? start;
  const change = owned > 0 ? worth(target.address, "before") / price / owned : 1;
  const level = (before?.level ?? 1) * change;
  return { worth: now, level, least: Math.min(level, before?.least ?? 1) };
}
