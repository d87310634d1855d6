/** A time-weighted average price (TWAP) that an attacker wants to move. */
interface TwapTarget {
  /** The average to reach, as a multiple of the true price; above 0. */
  readonly target: number;
  /** Number of blocks in the averaging window; 0 or 1 for a spot price. */
  readonly window: number;
  /** Number of those blocks for which the spot price is held away from the true one, at least 1. */
  readonly held: number;
  /** `arithmetic`: of the price, as Uniswap V2 accumulates it; `geometric`: of its logarithm, as Uniswap V3 does. */
  readonly mean: "arithmetic" | "geometric";
}

/**
 * The spot price, as a multiple s of the true one, that has to be held for k of the w blocks of an average to bring it to a
 * target m; in the other blocks the price is the true one.
 *
 * - arithmetic: m = ((w - k) + k s) / w, so s = 1 + (m - 1) w / k (Uniswap v2 Core, 2020, section 2.2);
 * - geometric: m = s^(k / w), so s = m^(w / k) (Uniswap v3 Core, 2021, section 5.1).
 *
 * On the cost of holding a price for several blocks: Mackinga, Nadahalli & Wattenhofer 2022, *TWAP Oracle Attacks: Easier
 * Done than Said?*
 *
 * @returns `undefined` where no price achieves it: an arithmetic mean cannot be lowered by more than k / w
 */
export function spotFor({ target, window, held, mean }: TwapTarget): number | undefined {
  const share = window <= held ? 1 : held / window;
  const spot = mean === "arithmetic" ? 1 + (target - 1) / share : target ** (1 / share);
  return spot > 0 && Number.isFinite(spot) ? spot : undefined;
}
