import stringWidth from "string-width";

/** How many columns of a terminal a text takes: two for a wide character or an emoji, none for a mark on another one. */
export function columnsOf(text: string): number {
  // the usual case, in which nothing has to be segmented
  return /^[\u0020-\u007e]*$/.test(text) ? text.length : stringWidth(text);
}

/** A text with spaces after it, as many columns wide as wanted. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A text that is not wider than so many columns; what is cut off is `…`. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += columnsOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
