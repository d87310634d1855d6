import { legible } from "../../quantity/legible.js";

/** What begins or ends something in Markdown or HTML, or is a link, a formula, a mention or an issue on GitHub. */
const SPECIAL = /[\\`*_[\]<>#|~@&]|\$(?!\d)|:(?=\/\/)|(?<=mailto|xmpp):|^[-+=]|(?<=^\d+)[.)]/gi;

/**
 * Text of anybody's as Markdown that shows it as it is: no markup, no HTML, no link, no mention. A character reference never
 * counts as markup (CommonMark 0.31, 2.5); GitHub looks for mentions afterwards, so that what would begin one is followed by a
 * space that has no width.
 */
export function plain(text: string, width: number): string {
  return legible(text, width)
    .replaceAll(SPECIAL, (character) => {
      const reference = `&#${character.charCodeAt(0)};`;
      return character === "@" || character === "#" ? `${reference}&#8203;` : reference;
    })
    .replaceAll(/www\./gi, (start) => `${start.slice(0, 3)}&#46;`);
}

/** Names and calls, in a fixed width. Markdown within is none, see {@link plain}. */
export function code(text: string, width: number): string {
  return `<code>${plain(text, width)}</code>`;
}

/** Lines of code or of a terminal, as they are. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
