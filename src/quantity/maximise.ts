/** The golden section (Kiefer 1953, *Sequential minimax search for a maximum*). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** How near the golden section comes to the maximum before the slope takes over, as a share of the amount. */
const NEAR = 1e-4;

/** Around what the golden section found, the slope is looked at this far away, as a share of the amount. */
const WINDOW = 0.01;

/**
 * The step of the differences by which the slope is measured, as a share of the amount: on a constant-product pool that
 * pays in a token of six decimals, what rounding and what curvature add up to is smallest about here.
 */
const STEP = 24n;

/** What the slope's answer may be worse than the golden section's: more, and the function has a kink there. */
const KINK = 1e-6;

/**
 * The amount at which a concave function is largest: the size of a trade that pays most. The function may be rounded, as
 * quotes in base units are: the golden section (over the logarithm of the amount, since the best size may be a
 * millionth of what one owns) finds the top, which rounding makes flat; then the slope, measured over a distance at which
 * rounding does not count, is followed to 0.
 *
 * @param value - concave in the amount; need not be smooth
 * @param most - the largest amount, base units
 * @returns base units, 1 to `most`; 0 if `most` is. On smooth functions exact to 1e-6 of the amount as long as a
 * millionth of the slope at 0 is more than rounding adds to it; on others to 1e-4
 */
export function maximise(value: (amount: bigint) => number, most: bigint): bigint {
  if (most <= 1n) return most < 0n ? 0n : most;
  const near = goldenSection(value, most);
  for (const end of [most, 1n]) if (value(end) >= value(near)) return end;
  const exact = flatPoint(value, near, most);
  return exact !== undefined && value(exact) >= value(near) - KINK * Math.abs(value(near)) ? exact : near;
}

function goldenSection(value: (amount: bigint) => number, most: bigint): bigint {
  const amountAt = (logarithm: number): bigint => {
    const amount = BigInt(Math.round(Math.exp(logarithm)));
    return amount > most ? most : amount;
  };
  let [low, high] = [0, Math.log(Number(most))];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [value(amountAt(left)), value(amountAt(right))];
  while (high - low > NEAR) {
    if (atLeft > atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = value(amountAt(left));
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = value(amountAt(right));
    }
  }
  return amountAt((low + high) / 2);
}

/** Where the slope is 0, near an amount; `undefined` where it does not change its sign. */
function flatPoint(value: (amount: bigint) => number, near: bigint, most: bigint): bigint | undefined {
  const step = near / STEP;
  let low = scaled(near, 1 - WINDOW);
  let high = scaled(near, 1 + WINDOW);
  if (step === 0n || high + 2n * step > most) return undefined;
  let [atLow, atHigh] = [slope(value, low, step), slope(value, high, step)];
  if (atLow <= 0 || atHigh >= 0) return undefined;
  let flat = near;
  // the slope is almost a line over so short a way: three intersections are more than doubles can tell apart
  for (let round = 0; round < 3; round++) {
    flat = low + scaled(high - low, atLow / (atLow - atHigh));
    const at = slope(value, flat, step);
    if (at > 0) [low, atLow] = [flat, at];
    else [high, atHigh] = [flat, at];
    if (high <= low) break;
  }
  return flat;
}

/** The derivative by differences of the fourth order (Abramowitz & Stegun 1964, 25.3.6). */
function slope(value: (amount: bigint) => number, at: bigint, step: bigint): number {
  const near = value(at + step) - value(at - step);
  const far = value(at + 2n * step) - value(at - 2n * step);
  return (8 * near - far) / (12 * Number(step));
}

function scaled(amount: bigint, factor: number): bigint {
  return (amount * BigInt(Math.round(factor * 1e15))) / 10n ** 15n;
}
