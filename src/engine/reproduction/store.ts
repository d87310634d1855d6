import type { z } from "zod";

import type { Reproduction } from "./reproduction.js";

import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";
import { requireKnownKinds } from "../events/schema.js";
import { fromJson, toJson } from "../json.js";

import { replaceFile } from "./atomic-file.js";
import { excessOfContent, excessOfText } from "./content-limits.js";
import {
  invalid,
  isErrno,
  isMissing,
  issueText,
  quoted,
  reasonOf,
  tooLarge,
  unreadable,
  unwritable,
} from "./file-errors.js";
import { readRegularFile } from "./regular-file.js";
import { checksumOf, REPRODUCTION_FORMAT, REPRODUCTION_VERSION, serialiseReproduction } from "./reproduction.js";
import { reproductionSchema, versionOneSchema } from "./schema.js";
import { fromVersionOne } from "./version-1.js";

/** Larger files are refused; a reproduction on real Aave and Uniswap state is about 1 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What the folder's files end with: reproductions, and those whose campaign did not finish. */
const EXTENSION = ".json";

/** The versions that are read, and how. */
const READERS: ReadonlyMap<unknown, z.ZodType<Reproduction, z.ZodTypeDef, unknown>> = new Map([
  [1, versionOneSchema.transform(fromVersionOne)],
  [REPRODUCTION_VERSION, reproductionSchema],
]);

/**
 * Writes a reproduction. The file is replaced atomically: whoever reads it finds either the old or the new one, complete.
 *
 * @throws SiegeError `REPRODUCTION_UNWRITABLE`, whose cause is the file system's error
 */
export async function writeReproduction(file: string, reproduction: Reproduction): Promise<void> {
  const text = serialiseReproduction(reproduction);
  // what is written is read again
  const excess = text.length > MAX_BYTES ? `it has ${text.length} bytes` : excessOfText(text);
  if (excess !== undefined) throw tooLarge("REPRODUCTION_UNWRITABLE", file, excess);
  try {
    await replaceFile(file, text);
  } catch (cause) {
    throw unwritable("reproduction", file, cause);
  }
}

/**
 * Reads and checks a reproduction.
 *
 * @throws SiegeError `REPRODUCTION_NOT_FOUND`, `REPRODUCTION_UNREADABLE`, `REPRODUCTION_TOO_LARGE`, `REPRODUCTION_INVALID`,
 * `REPRODUCTION_VERSION`, `REPRODUCTION_EDITED`
 */
export async function readReproduction(file: string): Promise<Reproduction> {
  const text = await textOf(file);
  const excess = excessOfText(text);
  if (excess !== undefined) throw tooLarge("REPRODUCTION_TOO_LARGE", file, excess);
  let content: unknown;
  try {
    content = fromJson(text);
  } catch (error) {
    throw invalid(file, `it is not JSON (${reasonOf(error)})`);
  }
  return parseReproduction(content, file);
}

async function textOf(file: string): Promise<string> {
  let read: Awaited<ReturnType<typeof readRegularFile>>;
  try {
    read = await readRegularFile(file, MAX_BYTES);
  } catch (cause) {
    if (isMissing(cause)) {
      throw new SiegeError("REPRODUCTION_NOT_FOUND", {
        message: `There is no reproduction at ${quoted(file)}.`,
        hint: "Use the path from the report; relative paths start at the project's root.",
        cause,
      });
    }
    throw unreadable(file, cause);
  }
  if (read === "too large") throw tooLarge("REPRODUCTION_TOO_LARGE", file, `it has more than ${MAX_BYTES} bytes`);
  if (read === "not UTF-8") throw invalid(file, "it is not text in UTF-8");
  if ("is" in read) throw invalid(file, `it is ${read.is}`);
  return read.text;
}

/**
 * Checks the content of a reproduction.
 *
 * @param origin - where it comes from, for errors
 */
export function parseReproduction(content: unknown, origin: string): Reproduction {
  if (typeof content !== "object" || content === null) throw invalid(origin, "it is not a JSON object");
  const excess = excessOfContent(content);
  if (excess !== undefined) throw tooLarge("REPRODUCTION_TOO_LARGE", origin, excess);
  const { format, version, checksum } = content as Readonly<Record<string, unknown>>;
  if (format !== REPRODUCTION_FORMAT) throw invalid(origin, `its "format" is not "${REPRODUCTION_FORMAT}"`);
  const schema = READERS.get(version);
  if (schema === undefined) {
    throw new SiegeError("REPRODUCTION_VERSION", {
      message: `${quoted(origin)} has version ${legible(toJson(version ?? null), 20)}; this hardhat-siege reads versions ${[...READERS.keys()].join(" and ")}.`,
      hint: "Replay it with the release that wrote it, or delete the file and find the violation again with siege run.",
    });
  }
  requireKnownKinds(content, origin);
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(origin, issue === undefined ? "its content is wrong" : issueText(issue));
  }
  if (checksum !== checksumOf(content)) {
    throw new SiegeError("REPRODUCTION_EDITED", {
      message: `The checksum of ${quoted(origin)} does not match its content.`,
      hint: "It was edited by hand or damaged; take the file from version control, or find it again with siege run.",
    });
  }
  return parsed.data;
}

/**
 * All reproductions in a folder, by file name; those that cannot be read as errors. No folder: nothing was found yet.
 *
 * @throws SiegeError `REPRODUCTION_UNREADABLE` if there is a folder that cannot be read: it may hold regressions
 */
export async function listReproductions(
  folder: string,
): Promise<readonly { readonly file: string; readonly reproduction: Reproduction | SiegeError }[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) return [];
    throw unreadable(folder, cause);
  }
  const files = names.filter((entry) => entry.endsWith(EXTENSION) && !entry.startsWith(".")).sort();
  const list = [];
  // one after the other: a hundred large files at once would fill the memory
  for (const entry of files) {
    const file = path.join(folder, entry);
    try {
      list.push({ file, reproduction: await readReproduction(file) });
    } catch (error) {
      if (!SiegeError.isSiegeError(error)) throw error;
      // another campaign has finished meanwhile and removed what it had saved before
      if (error.code === "REPRODUCTION_NOT_FOUND" && !(await isLink(file))) continue;
      list.push({ file, reproduction: error });
    }
  }
  return list;
}

/** A link to nothing is there, and is missing a reproduction. */
async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
}
