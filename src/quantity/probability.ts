/** Digits of a bound: more would say more than an interval knows. */
const DIGITS = 2;

/** Of an estimate, and of a bound from ten percent on. */
const MORE_DIGITS = 3;

/**
 * A probability in percent: `32.2 %`. A bound is rounded outwards, so that what is printed holds, too: an upper bound of 0.00735
 * is `0.74 %`, a lower one `0.73 %`.
 *
 * @param probability - 0 to 1
 */
export function formatProbability(probability: number, rounded: "up" | "down" | "nearest" = "nearest"): string {
  const percent = Math.min(100, Math.max(0, probability * 100));
  const digits = rounded === "nearest" || percent >= 10 ? MORE_DIGITS : DIGITS;
  const roundingMode = rounded === "up" ? "ceil" : rounded === "down" ? "floor" : "halfExpand";
  // near 100 %, the digits that count are those that are missing from it
  const isNearAll = percent > 99 && percent < 100;
  const places = isNearAll ? Math.max(1, Math.ceil(-Math.log10(100 - percent)) + 1) : undefined;
  const options: Intl.NumberFormatOptions & { readonly roundingMode: string } = {
    ...(places === undefined ? { maximumSignificantDigits: digits } : { maximumFractionDigits: places }),
    roundingMode,
  };
  // exact values such as 1.1 are 1.1000000000000001 in percent
  const cleaned = Number(percent.toPrecision(12));
  return `${cleaned.toLocaleString("en-US", options)} %`;
}
