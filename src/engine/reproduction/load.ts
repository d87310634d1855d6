import type { Reproduction } from "./reproduction.js";

import path from "node:path";

import { parseReproduction, readReproduction } from "./store.js";

/**
 * A reproduction from its file, or from its parsed content.
 *
 * @param source - the path of a file, absolute or relative to `projectRoot`, or its parsed content
 * @returns it, and what errors call it
 * @throws SiegeError the codes of `readReproduction`
 */
export async function loadReproduction(
  source: unknown,
  projectRoot: string,
): Promise<{ readonly reproduction: Reproduction; readonly origin: string }> {
  const origin = typeof source === "string" ? source : "the reproduction";
  const reproduction =
    typeof source === "string"
      ? await readReproduction(path.resolve(projectRoot, source))
      : parseReproduction(source, origin);
  return { reproduction, origin };
}
