import { legible } from "../../quantity/legible.js";

/** The widest text that is put on a page: whatever it is, nobody reads it to its end. */
const TEXT = 2_000;

/** Markup that is safe to put on a page: made by {@link html} alone. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text, which is escaped; markup, which is not; lists of both; nothing. */
export type Content = string | number | Markup | undefined | false | readonly Content[];

/**
 * A template of markup. Whatever is put into it is text, unless it was made by this function: names of tokens and contracts, revert
 * reasons and names of files come from strangers. Values of attributes are written in double quotes.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, index) => `${text}${rendered(contents[index - 1])}${part}`));
}

function rendered(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.toString();
  if (typeof content === "number") return String(content);
  if (typeof content === "string") return escaped(content);
  return content.map(rendered).join("");
}

/** A text of several lines, for an element that keeps them. */
export function preformatted(text: string): Markup {
  return new Markup(text.split("\n").map(escaped).join("\n"));
}

/** This package's own style or script, letter for letter: the page's policy names its hash. */
export function verbatim(element: "style" | "script", text: string): Markup {
  return new Markup(`<${element}>${text}</${element}>`);
}

/** A figure of this package, whose texts are escaped already. @param figure - an SVG document, as `toDocument` makes it */
export function svg(figure: string): Markup {
  return new Markup(figure);
}

/** Text as it stands in an element or in an attribute in quotes. */
export function escaped(text: string): string {
  return legible(text, TEXT)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Data in a script element: JSON in which nothing ends the element or begins a comment. */
export function embedded(data: unknown): Markup {
  const json = JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === "string") return legible(value, TEXT);
    return typeof value === "bigint" ? value.toString() : value;
  });
  return new Markup(
    json.replaceAll(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
