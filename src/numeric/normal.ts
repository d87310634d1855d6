const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

/** Beyond this, Hart's rational function gives way to a continued fraction: its digits are those of 1, not of the tail. */
const FAR = 3;

/** Terms of the continued fraction: at 3, the rest is below 1e-20 of it. */
const TERMS = 40;

/** Coefficients of Hart's approximation 5666, the highest power first (Hart et al., *Computer Approximations*, 1968). */
const NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
] as const;
const DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
] as const;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_OF_TWO_PI;
}

/**
 * The probability that a standard normal is at most `x`: Hart's approximation in the double-precision form of West, *Better
 * approximations to cumulative normal functions*, 2005, up to three deviations, and Laplace's continued fraction beyond
 * (Abramowitz and Stegun 1964, 26.2.14). It is exact to 1e-14 of the probability, in the lower tail, too.
 *
 * Own code, because the packages that have it bring 136 others (`@stdlib`) or are exact to 1e-7 only.
 */
export function normalProbability(x: number): number {
  const tail = lowerTail(-Math.abs(x));
  return x > 0 ? 1 - tail : tail;
}

/** For `x` up to 0. */
function lowerTail(x: number): number {
  const distance = -x;
  if (distance > 38) return 0;
  const weight = Math.exp((-x * x) / 2);
  if (distance < FAR) return (weight * polynomial(NUMERATOR, distance)) / polynomial(DENOMINATOR, distance);
  let fraction = distance;
  for (let term = TERMS; term > 0; term--) fraction = distance + term / fraction;
  return weight / fraction / ROOT_OF_TWO_PI;
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
