import { SaxesParser } from "saxes";

/** An element of a document. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a document consists of. */
export interface Svg {
  readonly elements: readonly SvgElement[];
  /** Every text, in order. */
  readonly texts: readonly string[];
}

/** What a figure is made of: nothing that runs, is fetched or is another language. */
const ELEMENTS = ["svg", "title", "desc", "rect", "path", "polyline", "polygon", "g", "text", "circle"];

/** Reads a document, strictly. @throws if it is not XML, or has anything that runs or is loaded from elsewhere */
export function readSvg(svg: string): Svg {
  const elements: SvgElement[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    elements.push({ name, attributes });
  });
  parser.on("text", (text) => {
    if (text.trim() !== "") texts.push(text);
  });
  parser.on("cdata", () => {
    throw new Error("It has a CDATA section.");
  });
  parser.write(svg).close();
  for (const { name, attributes } of elements) {
    if (!ELEMENTS.includes(name)) throw new Error(`It has an element ${name}.`);
    for (const [attribute, value] of Object.entries(attributes)) {
      const isNamespace = attribute === "xmlns" && value === "http://www.w3.org/2000/svg";
      const isUnsafe = /^on|href|^src$|^xmlns/.test(attribute) || /:\/\/|url\(|javascript:/.test(value);
      if (isUnsafe && !isNamespace) throw new Error(`It has ${attribute}="${value}".`);
    }
  }
  return { elements, texts };
}

/** What a figure says above its plot, as those who cannot see it have it: its title and its sentences. */
export function saidBy(svg: string): string {
  const [title, about] = readSvg(svg).texts;
  return `${title}\n${about}`;
}
