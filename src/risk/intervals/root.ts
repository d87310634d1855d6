/** How close a bound comes, as a share of itself. */
const CLOSE = 1e-13;

/** A bound below this is 0. */
const LEAST = 1e-100;

/**
 * Where a function of a probability changes its sign, by bisection. Bounds of small probabilities are small: they are found to a share of
 * themselves.
 *
 * @param from - where the function is below 0, or where it counts as below 0
 * @param to - where it is above 0
 */
export function rootBetween(from: number, to: number, value: (at: number) => number): number {
  let [low, high] = [from, to];
  while (high > LEAST && high - low > CLOSE * high) {
    const middle = low + (high - low) / 2;
    if (value(middle) < 0) low = middle;
    else high = middle;
  }
  return high > LEAST ? low + (high - low) / 2 : 0;
}
