/**
 * What a terminal or an editor does not show as itself: controls (escape sequences begin with one), bidi marks and other
 * invisible formats, line and paragraph separators, halves of surrogate pairs, private use. The joiners that emoji and some
 * scripts need are harmless.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** Any number of marks can be stacked on one letter, across the lines above it. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/** Names of accounts, contracts, files. */
export const NAME_WIDTH = 80;

/**
 * Text from a file, a contract or a user's project as one line that is safe to print: what is not printable is `�`, white space is
 * a space, and what is longer than the width ends in `…`.
 *
 * @param width - the most characters that are kept
 */
export function legible(text: string, width: number): string {
  // what is cut off need not be looked at: a hostile text may have millions of characters
  const [head, isWhole] = text.length > 4 * width ? [text.slice(0, 4 * width), false] : [text, true];
  const line = head
    .replaceAll(/[\t\r\n\v\f\u2028\u2029]+/g, " ")
    .replaceAll(UNPRINTABLE, "\ufffd")
    .replaceAll(STACKED, "$1");
  if (isWhole && line.length <= width) return line;
  const characters = Array.from(line);
  return isWhole && characters.length <= width ? line : `${characters.slice(0, width - 1).join("")}…`;
}

/** The same for each line of a text that has several. */
export function legibleLines(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => legible(line, width))
    .join("\n");
}
