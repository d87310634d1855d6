/** A value of this size or more is cut to millions. */
const MILLION = 1e6;

/**
 * A number of a chart with its unit, in few letters: `$1,304`, `$2.4M`, `0.992`, `20 %`.
 *
 * @param most - the largest of the chart, which decides on the digits
 */
export function numberText(value: number, unit: string, most: number): string {
  switch (unit) {
    case "USD":
      return `${value < 0 ? "-" : ""}$${short(Math.abs(value), most)}`;
    case "percent":
      return `${value.toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
    case "times":
      return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
    default:
      return short(value, most);
  }
}

function short(value: number, most: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(1).replace("e+", "e");
  for (const [power, letter] of [
    [1e12, "T"],
    [1e9, "B"],
    [MILLION, "M"],
  ] as const) {
    if (size >= power) return `${(value / power).toLocaleString("en-US", { maximumSignificantDigits: 4 })}${letter}`;
  }
  const digits = most >= 1_000 ? 0 : most >= 1 ? 2 : 5;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}
