/** The golden section (Kiefer 1953, *Sequential minimax search for a maximum*). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** How close the golden section gets to the maximum before the slope takes over, as a share of the amount. */
const NEAR = 1e-4;

/** Around the golden section's result, the slope is examined this far away, as a share of the amount. */
const WINDOW = 0.01;

/**
 * The step of the finite differences that measure the slope, as a share of the amount: on a constant-product pool paying
 * in a token of six decimals, the combined error of rounding and curvature is smallest around here.
 */
const STEP = 24n;

/** How much worse the slope's result may be than the golden section's; beyond that, the function has a kink there. */
const KINK = 1e-6;

/**
 * The amount at which a concave function is largest: the most profitable trade size. The function may be rounded, as
 * quotes in base units are: a golden-section search (over the logarithm of the amount, since the best size may be a
 * millionth of one's holdings) finds the top, which rounding flattens; then the slope, measured over a distance at which
 * rounding is negligible, is followed to zero.
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

/** Where the slope is zero near an amount; `undefined` where it does not change sign. */
function flatPoint(value: (amount: bigint) => number, near: bigint, most: bigint): bigint | undefined {
  const step = near / STEP;
  let low = scaled(near, 1 - WINDOW);
  let high = scaled(near, 1 + WINDOW);
  if (step === 0n || high + 2n * step > most) return undefined;
  let [atLow, atHigh] = [slope(value, low, step), slope(value, high, step)];
  if (atLow <= 0 || atHigh >= 0) return undefined;
  let flat = near;
  // the slope is almost linear over so short an interval: three intersections exhaust the precision of doubles
  for (let round = 0; round < 3; round++) {
    flat = low + scaled(high - low, atLow / (atLow - atHigh));
    const at = slope(value, flat, step);
    if (at > 0) [low, atLow] = [flat, at];
    else [high, atHigh] = [flat, at];
    if (high <= low) break;
  }
  return flat;
}

/** The derivative by fourth-order differences (Abramowitz & Stegun 1964, 25.3.6). */
function slope(value: (amount: bigint) => number, at: bigint, step: bigint): number {
  const near = value(at + step) - value(at - step);
  const far = value(at + 2n * step) - value(at - 2n * step);
  return (8 * near - far) / (12 * Number(step));
}

function scaled(amount: bigint, factor: number): bigint {
  return (amount * BigInt(Math.round(factor * 1e15))) / 10n ** 15n;
}
