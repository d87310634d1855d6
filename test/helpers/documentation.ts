import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The root of the package. */
export const ROOT: string = path.resolve(import.meta.dirname, "../..");

/** A fenced block of code in a page. */
export interface CodeBlock {
  /** `ts`, `sh`; an empty string where the fence names none. */
  readonly language: string;
  /** The line of its fence, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** The README and every page in docs/, relative to the root. */
export function pages(): readonly string[] {
  const docs = readdirSync(path.join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...docs.map((name) => `docs/${name}`)];
}

/** The READMEs of examples, relative to the root. */
export function examplePages(): readonly string[] {
  return readdirSync(path.join(ROOT, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((page) => existsSync(path.join(ROOT, page)));
}

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(path.join(ROOT, page), "utf8");
}

/** The blocks of code of a Markdown text, in order. */
export function codeBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open === undefined) open = { language: line.slice(3).trim(), line: index + 1, lines: [] };
    else {
      blocks.push({ language: open.language, line: open.line, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    }
  }
  return blocks;
}

/** A page from one of its headings to the next. */
export function sectionOf(page: string, heading: string): string {
  const [, after] = textOf(page).split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`${page} has no section "${heading}".`);
  return after.split("\n## ")[0]!;
}
