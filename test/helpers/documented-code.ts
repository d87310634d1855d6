import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { codeBlocks, ROOT, textOf } from "./documentation.js";

/**
 * Runs the TypeScript of a page as it stands, with the package's entry points taken from the sources.
 *
 * @param isMeant - which of its blocks; by default all
 * @returns what its blocks export, together
 */
export async function documentedCode(
  page: string,
  isMeant: (text: string) => boolean = () => true,
): Promise<Readonly<Record<string, unknown>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-docs-"));
  try {
    const exported: Record<string, unknown> = {};
    for (const { language, line, text } of codeBlocks(textOf(page))) {
      if (language !== "ts" || !isMeant(text)) continue;
      const file = path.join(folder, `line-${line}.mts`);
      await writeFile(
        file,
        text.replaceAll(
          /(\bfrom )"([^"]+)"/g,
          (_found, from: string, name: string) => from + JSON.stringify(urlOf(name)),
        ),
      );
      Object.assign(exported, await import(pathToFileURL(file).href));
    }
    return exported;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function urlOf(name: string): string {
  const [, entry] = /^hardhat-siege(?:\/(.+))?$/.exec(name) ?? [undefined, undefined];
  if (!name.startsWith("hardhat-siege")) return import.meta.resolve(name);
  const file = entry === undefined ? "index.ts" : entry === "types" ? "types.ts" : `${entry}/index.ts`;
  return pathToFileURL(path.join(ROOT, "src", file)).href;
}
