import type { Entry } from "../file-result.js";
import type { About } from "./reporter.js";

import path from "node:path";

/** A file as reports name it: relative to the project's root if it lies in it, with slashes. */
export function fileOf(file: string, { root }: Pick<About, "root">): string {
  const relative = path.relative(root, path.resolve(file));
  const isInside = !relative.startsWith("..") && !path.isAbsolute(relative);
  return (isInside ? relative : path.resolve(file)).replaceAll(path.sep, "/");
}

/** The entries of each file, in the order in which the files came. */
export function byFile(entries: readonly Entry[], about: Pick<About, "root">): ReadonlyMap<string, readonly Entry[]> {
  const files = new Map<string, Entry[]>();
  for (const entry of entries) {
    const file = fileOf(entry.file, about);
    const known = files.get(file);
    if (known === undefined) files.set(file, [entry]);
    else known.push(entry);
  }
  return files;
}
