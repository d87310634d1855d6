import { formatSpan } from "../../../quantity/format.js";

/** Numbers within this distance of the start are times, seconds: rounds of feeds before it, deadlines after it. */
const NEAR = 400 * 86_400;

/** Numbers of ten digits, with or without separators, that do not count a token. */
const TEN_DIGITS = /(?<![\w.,])(?:\d(?:,\d{3}){3}|\d{10})(?![,.]?\d| [A-Za-z×])/g;

/**
 * A text in which times are told from the start of the run: `start + 2 minutes`. A run on another day has the same text.
 *
 * @param start - Unix seconds
 */
export function withRelativeTimes(text: string, start: number): string {
  return text.replaceAll(TEN_DIGITS, (number) => {
    const seconds = Number(number.replaceAll(",", "")) - start;
    if (Math.abs(seconds) > NEAR) return number;
    return seconds === 0 ? "start" : `start ${seconds < 0 ? "-" : "+"} ${formatSpan(seconds)}`;
  });
}
