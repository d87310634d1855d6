import type { z } from "zod";

import type { Reproduction } from "./reproduction.js";

import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../../errors.js";
import { requireKnownKinds } from "../events/schema.js";
import { fromJson } from "../json.js";

import { checksumOf, REPRODUCTION_FORMAT, REPRODUCTION_VERSION, serialiseReproduction } from "./reproduction.js";
import { reproductionSchema, versionOneSchema } from "./schema.js";
import { fromVersionOne } from "./version-1.js";

/** Larger files are refused unread; a reproduction on real Aave and Uniswap state is about 1 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The versions that are read, and how. */
const READERS: ReadonlyMap<unknown, z.ZodType<Reproduction, z.ZodTypeDef, unknown>> = new Map([
  [1, versionOneSchema.transform(fromVersionOne)],
  [REPRODUCTION_VERSION, reproductionSchema],
]);

/**
 * Writes a reproduction. The file is replaced atomically: an interruption leaves either the old or the new one.
 *
 * @throws SiegeError `REPRODUCTION_UNWRITABLE`
 */
export async function writeReproduction(file: string, reproduction: Reproduction): Promise<void> {
  const temporary = `${file}.writing`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, serialiseReproduction(reproduction));
    await rename(temporary, file);
  } catch (error) {
    throw new SiegeError("REPRODUCTION_UNWRITABLE", {
      message: `The reproduction ${file} could not be written.`,
      hint: "Make siege.reproductions in hardhat.config a folder that this process may write to.",
      cause: error,
    });
  }
}

/**
 * Reads and checks a reproduction.
 *
 * @throws SiegeError `REPRODUCTION_NOT_FOUND`, `REPRODUCTION_TOO_LARGE`, `REPRODUCTION_INVALID`, `REPRODUCTION_VERSION`,
 * `REPRODUCTION_EDITED`
 */
export async function readReproduction(file: string): Promise<Reproduction> {
  let bytes: number;
  try {
    bytes = (await stat(file)).size;
  } catch (error) {
    throw new SiegeError("REPRODUCTION_NOT_FOUND", {
      message: `There is no reproduction at ${file}.`,
      hint: "Use the path from the report; relative paths start at the project's root.",
      cause: error,
    });
  }
  if (bytes > MAX_BYTES) {
    throw new SiegeError("REPRODUCTION_TOO_LARGE", {
      message: `${file} has ${bytes} bytes; a reproduction may have at most ${MAX_BYTES}.`,
      hint: "It is not a file that hardhat-siege wrote.",
    });
  }
  let content: unknown;
  try {
    content = fromJson(await readFile(file, "utf8"));
  } catch (error) {
    throw invalid(file, `it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  return parseReproduction(content, file);
}

/**
 * Checks the content of a reproduction.
 *
 * @param origin - where it comes from, for errors
 */
export function parseReproduction(content: unknown, origin: string): Reproduction {
  if (typeof content !== "object" || content === null) throw invalid(origin, "it is not a JSON object");
  const { format, version, checksum } = content as Readonly<Record<string, unknown>>;
  if (format !== REPRODUCTION_FORMAT) throw invalid(origin, `its "format" is not "${REPRODUCTION_FORMAT}"`);
  const schema = READERS.get(version);
  if (schema === undefined) {
    throw new SiegeError("REPRODUCTION_VERSION", {
      message: `${origin} has version ${String(version)}; this hardhat-siege reads versions ${[...READERS.keys()].join(" and ")}.`,
      hint: "Replay it with the release that wrote it, or delete the file and find the violation again with siege run.",
    });
  }
  requireKnownKinds(content, origin);
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(origin, issue === undefined ? "its content is wrong" : `${issue.path.join(".")}: ${issue.message}`);
  }
  if (checksum !== checksumOf(content)) {
    throw new SiegeError("REPRODUCTION_EDITED", {
      message: `The checksum of ${origin} does not match its content.`,
      hint: "It was edited by hand or damaged; take the file from version control, or find it again with siege run.",
    });
  }
  return parsed.data;
}

/** All reproductions in a folder, by file name; those that cannot be read as errors. */
export async function listReproductions(
  folder: string,
): Promise<readonly { readonly file: string; readonly reproduction: Reproduction | SiegeError }[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch {
    // no folder: nothing was found yet
    return [];
  }
  const files = names.filter((entry) => entry.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (entry) => {
      const file = path.join(folder, entry);
      try {
        return { file, reproduction: await readReproduction(file) };
      } catch (error) {
        if (SiegeError.isSiegeError(error)) return { file, reproduction: error };
        throw error;
      }
    }),
  );
}

function invalid(origin: string, why: string): SiegeError {
  return new SiegeError("REPRODUCTION_INVALID", {
    message: `${origin} is not a reproduction: ${why}.`,
    hint: "Take the file from version control, or find it again with siege run.",
  });
}
