import { columnsOf } from "../columns.js";

/**
 * A text as lines of so many columns, broken between words; a word that is longer than a line is broken where it ends.
 *
 * @param width - at least 2; a wide character takes two columns
 */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && columnsOf(line) + 1 + columnsOf(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const character of word) {
      if (columnsOf(line) + columnsOf(character) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** A text on one line: what does not fit is cut. */
export function fitted(text: string, width: number): string {
  const [line = "", ...others] = wrapped(text, width - 1);
  return others.length === 0 ? line : `${line}…`;
}
