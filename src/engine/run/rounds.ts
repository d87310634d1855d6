import type { OracleFaultKind } from "../../oracles/faults.js";

/** Tolerance for the rounding of a price to a feed's decimals, relative and in dollars. */
const ROUNDING = 1e-6;

/**
 * What became of a round that a feed wanted to publish:
 *
 * - `published`: the feed shows its price;
 * - `changed`: there is a new round, but the feed shows another price, because it clamps prices, say;
 * - `refused`: there is no new round: the contract reverted, and shows what it showed before.
 */
export type RoundOutcome = "published" | "changed" | "refused";

/** A round of a feed, for reports. It follows from the schedule of the feed, so it is no step. */
export interface Round {
  /** The feed's name. */
  readonly feed: string;
  readonly outcome: RoundOutcome;
  /** The price that was to be published, US dollars. */
  readonly offered: number;
  /** The price that the feed shows after the block, US dollars. */
  readonly shown: number;
  /** The fair price, US dollars. */
  readonly fair: number;
  /** The fault that decides on it; absent for an ordinary round. */
  readonly fault?: OracleFaultKind;
}

/**
 * How a round ended, by what the feed shows before and after the block.
 *
 * @param now - whether it has a new round; `undefined` if it does not count them
 */
export function roundOutcome(
  offered: number,
  now: { readonly before: number; readonly shown: number; readonly advanced: boolean | undefined },
): RoundOutcome {
  const { before, shown, advanced } = now;
  if (advanced === false) return "refused";
  if (isClose(shown, offered)) return "published";
  // nothing happened if a feed that does not count its rounds shows what it showed
  return advanced === undefined && isClose(shown, before) ? "refused" : "changed";
}

function isClose(price: number, other: number): boolean {
  return Math.abs(price - other) <= Math.abs(other) * ROUNDING + ROUNDING;
}
