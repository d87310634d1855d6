import type { Dirent } from "node:fs";

import type { ShardResults } from "./result.js";

import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";
import { fromJson, toJson } from "../json.js";
import { replaceFile } from "../reproduction/atomic-file.js";
import { excessOfContent, excessOfText } from "../reproduction/content-limits.js";
import { isErrno, isMissing, issueText, quoted, reasonOf } from "../reproduction/file-errors.js";
import { readRegularFile } from "../reproduction/regular-file.js";
import { checksumOf } from "../reproduction/reproduction.js";

import { SHARD_VERSION } from "./job.js";
import { SHARD_FORMAT } from "./result.js";
import { shardResultsSchema } from "./schema.js";

/** Larger files are refused: ten reproductions of the largest size that is written. */
const MAX_BYTES = 320 * 1024 * 1024;

/** A thousand strands of a scenario with a hundred functions have two million. */
const MAX_VALUES = 10_000_000;

/** What result files end with. */
const EXTENSION = ".json";

/** The longest part of a file's name that is made of the scenario file's. */
const MAX_SLUG = 60;

/**
 * The name of a shard's file: the scenario file, a hash that identifies the campaign, and the shard. Another seed or another
 * contract gives another name, so that nothing that was found is written over.
 */
export function resultFileName({ campaign, shards }: ShardResults): string {
  const slug = campaign.file
    .replace(/(\.scenario)?\.[cm]?[jt]s$/, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(-MAX_SLUG)
    .toLowerCase();
  const hash = createHash("sha256").update(toJson(campaign)).digest("hex").slice(0, 8);
  const played = rangesOf(shards.map(({ index }) => index)).join("+");
  return `${slug === "" ? "campaign" : slug}-${hash}-${played}-of-${campaign.shards}${EXTENSION}`;
}

/** `1-3`, `5`: names of files have 255 characters. */
function rangesOf(indices: readonly number[]): readonly string[] {
  const ranges: { readonly from: number; to: number }[] = [];
  for (const index of indices) {
    const last = ranges.at(-1);
    if (last?.to === index - 1) last.to = index;
    else ranges.push({ from: index, to: index });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
}

/**
 * Writes results. The file is replaced atomically.
 *
 * @throws SiegeError `SHARD_RESULT_UNWRITABLE`
 */
export async function writeShardResults(file: string, results: ShardResults): Promise<void> {
  try {
    await replaceFile(file, resultsText(results));
  } catch (cause) {
    throw new SiegeError("SHARD_RESULT_UNWRITABLE", {
      message: `The result of the shard could not be written to ${quoted(file)}: ${reasonOf(cause)}.`,
      hint: "Make room, or give this process the right to write there: without its file, a shard counts as missing.",
      cause,
    });
  }
}

/** Results as whoever reads their file gets them. */
export function reread(results: ShardResults): ShardResults {
  return parseShardResults(fromJson(resultsText(results)), "The result");
}

/** Results as text, with their checksum. */
export function resultsText(results: ShardResults): string {
  return `${toJson({ ...results, checksum: checksumOf(results) }, 1)}\n`;
}

/**
 * Reads and checks results.
 *
 * @throws SiegeError `SHARD_RESULT_NOT_FOUND`, `SHARD_RESULT_INVALID`, `SHARD_RESULT_VERSION`
 */
export async function readShardResults(file: string): Promise<ShardResults> {
  return readResultsText(await textOf(file), file);
}

/**
 * Reads and checks the text of results.
 *
 * @param origin - where it comes from, for errors
 * @throws SiegeError `SHARD_RESULT_INVALID`, `SHARD_RESULT_VERSION`
 */
export function readResultsText(text: string, origin: string): ShardResults {
  const excess = excessOfText(text, MAX_VALUES);
  if (excess !== undefined) throw invalid(origin, excess);
  let content: unknown;
  try {
    content = fromJson(text);
  } catch (error) {
    throw invalid(origin, `it is not JSON (${reasonOf(error)})`);
  }
  return parseShardResults(content, origin);
}

/**
 * Checks the content of a result.
 *
 * @param origin - where it comes from, for errors
 * @throws SiegeError `SHARD_RESULT_INVALID`, `SHARD_RESULT_VERSION`
 */
function parseShardResults(content: unknown, origin: string): ShardResults {
  if (typeof content !== "object" || content === null) throw invalid(origin, "it is not a JSON object");
  const excess = excessOfContent(content, MAX_VALUES);
  if (excess !== undefined) throw invalid(origin, excess);
  const { format, version, checksum } = content as Readonly<Record<string, unknown>>;
  if (format !== SHARD_FORMAT) throw invalid(origin, `its "format" is not "${SHARD_FORMAT}"`);
  if (version !== SHARD_VERSION) {
    throw new SiegeError("SHARD_RESULT_VERSION", {
      message: `${quoted(origin)} has version ${legible(toJson(version ?? null), 20)}; this hardhat-siege reads version ${SHARD_VERSION}.`,
      hint: "Play all shards and merge them with the same release of hardhat-siege.",
    });
  }
  const parsed = shardResultsSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(origin, issue === undefined ? "its content is wrong" : issueText(issue));
  }
  if (checksum !== checksumOf(content))
    throw invalid(origin, "its checksum does not match, so it was edited or damaged");
  return parsed.data;
}

/**
 * The result files at a path: itself, or those in a folder and in its folders, as they are downloaded from a CI system.
 *
 * @throws SiegeError `SHARD_RESULT_NOT_FOUND`
 */
export async function listShardResults(place: string): Promise<readonly string[]> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(place, { withFileTypes: true, recursive: true });
  } catch (cause) {
    // a file, or nothing, which reading it will tell
    if (isErrno(cause, "ENOTDIR")) return [place];
    throw isMissing(cause) ? notFound(place, cause) : unreadable(place, cause);
  }
  const files = entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(EXTENSION) && !entry.name.startsWith("."))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw notFound(place, undefined);
  return files;
}

async function textOf(file: string): Promise<string> {
  let read: Awaited<ReturnType<typeof readRegularFile>>;
  try {
    read = await readRegularFile(file, MAX_BYTES);
  } catch (cause) {
    throw isMissing(cause) ? notFound(file, cause) : unreadable(file, cause);
  }
  if (read === "too large") throw invalid(file, `it has more than ${MAX_BYTES} bytes`);
  if (read === "not UTF-8") throw invalid(file, "it is not text in UTF-8");
  if ("is" in read) throw invalid(file, `it is ${read.is}`);
  return read.text;
}

function notFound(place: string, cause: unknown): SiegeError {
  return new SiegeError("SHARD_RESULT_NOT_FOUND", {
    message: `There is no result of a shard at ${quoted(place)}.`,
    hint: "Play the shards first: npx hardhat siege run siege/*.scenario.ts --shard 1/4; paths are relative to the working directory.",
    cause,
  });
}

function unreadable(place: string, cause: unknown): SiegeError {
  return invalid(place, `it cannot be read (${reasonOf(cause)})`);
}

function invalid(origin: string, why: string): SiegeError {
  return new SiegeError("SHARD_RESULT_INVALID", {
    message: `${quoted(origin)} is not the result of a shard: ${why}.`,
    hint: "Download it again, or play that shard again; keep other JSON files out of the folder.",
  });
}
