import { SaxesParser } from "saxes";

/** What a page is made of. */
export interface PageParts {
  /** The elements, as `name attribute attribute`, and how often each is there. */
  readonly elements: ReadonlyMap<string, number>;
  /** All text outside of styles and scripts, and of attributes. */
  readonly text: string;
  readonly attributes: readonly { readonly element: string; readonly name: string; readonly value: string }[];
  /** The data that the page's script reads. */
  readonly data: readonly unknown[];
}

/**
 * Reads a page as XML, which is stricter than a browser: what is no markup of the page's own is an error, or is counted.
 *
 * @throws Error if an element is not closed, or an attribute not quoted
 */
export function partsOf(page: string): PageParts {
  const data: unknown[] = [];
  const bare = page
    .replace("<!doctype html>", "")
    .replaceAll(/<script type="application\/json">([^]*?)<\/script>/g, (_all, json: string) => {
      data.push(JSON.parse(json));
      return "<data></data>";
    })
    .replaceAll(/<(style|script)>[^]*?<\/\1>/g, "<$1></$1>");
  const elements = new Map<string, number>();
  const attributes: { element: string; name: string; value: string }[] = [];
  let text = "";
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes: own }) => {
    const key = [name, ...Object.keys(own).sort()].join(" ");
    elements.set(key, (elements.get(key) ?? 0) + 1);
    for (const [attribute, value] of Object.entries(own)) attributes.push({ element: name, name: attribute, value });
  });
  parser.on("text", (part) => {
    text += part;
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(bare.trim()).close();
  return { elements, text: text.replaceAll(/\s+/g, " "), attributes, data };
}

/** A text that would be markup, a script, the end of one, or another line, if it were taken for anything but text. */
export const HOSTILE =
  `</script><script>document.title="hacked"</script><img src="https://evil.test/x.png" onerror=alert(1)>` +
  `"onload="alert(1)' <!-- &lt; ]]> \u202e\u2028`;

/** The value with something hostile in front of every text but those that a report switches on. */
export function withHostileTexts(value: unknown): unknown {
  if (typeof value === "string") return `${HOSTILE}${value}`;
  if (Array.isArray(value)) return value.map(withHostileTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      SWITCHES.has(key) || (key === "id" && typeof item === "string") ? item : withHostileTexts(item),
    ]),
  );
}

const SWITCHES: ReadonlySet<string> = new Set(["kind", "reason", "unit", "from", "to", "without", "coupling", "proxy"]);
