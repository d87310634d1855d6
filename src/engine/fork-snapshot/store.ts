import type { ForkSnapshot, StoredSnapshot } from "./fork-snapshot.js";

import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";
import { fromJson, toJson } from "../json.js";
import { replaceFile } from "../reproduction/atomic-file.js";
import { excessOfContent, excessOfText } from "../reproduction/content-limits.js";
import { isMissing, issueText, quoted, reasonOf } from "../reproduction/file-errors.js";
import { readRegularBytes } from "../reproduction/regular-file.js";
import { checksumOf } from "../reproduction/reproduction.js";

import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION } from "./fork-snapshot.js";
import { snapshotSchema } from "./schema.js";

/** The largest file. */
const MAX_COMPRESSED = 64 * 1024 * 1024;

/** The most that it may expand to; what expands further is never in memory. */
const MAX_BYTES = 128 * 1024 * 1024;

/** A million slots have two million. */
const MAX_VALUES = 5_000_000;

const compress = promisify(gzip);
const expand = promisify(gunzip);

/**
 * The content of a snapshot's file: canonical JSON with its checksum, compressed. The same snapshot gives the same text.
 *
 * @throws SiegeError `SNAPSHOT_UNWRITABLE` if it is larger than what is read again
 */
export async function snapshotContent(snapshot: ForkSnapshot, file: string): Promise<Buffer> {
  const text = toJson({ ...snapshot, checksum: checksumOf(snapshot) });
  const content = text.length > MAX_BYTES ? undefined : await compress(text, { level: 9 });
  if (content !== undefined && content.length <= MAX_COMPRESSED && excessOfText(text, MAX_VALUES) === undefined) {
    return content;
  }
  throw unwritable(
    file,
    `it would be larger than a snapshot may be (${MAX_BYTES} bytes, ${MAX_COMPRESSED} compressed)`,
  );
}

/**
 * Writes a snapshot. The file is replaced atomically.
 *
 * @throws SiegeError `SNAPSHOT_UNWRITABLE`
 */
export async function writeSnapshot(file: string, snapshot: ForkSnapshot): Promise<void> {
  const content = await snapshotContent(snapshot, file);
  try {
    await replaceFile(file, content);
  } catch (cause) {
    throw unwritable(file, reasonOf(cause), cause);
  }
}

/**
 * Reads and checks a snapshot.
 *
 * @throws SiegeError `SNAPSHOT_NOT_FOUND`, `SNAPSHOT_INVALID`, `SNAPSHOT_VERSION`
 */
export async function readSnapshot(file: string): Promise<StoredSnapshot> {
  let read: Awaited<ReturnType<typeof readRegularBytes>>;
  try {
    read = await readRegularBytes(file, MAX_COMPRESSED);
  } catch (cause) {
    if (!isMissing(cause)) throw invalid(file, `it cannot be read (${reasonOf(cause)})`);
    throw new SiegeError("SNAPSHOT_NOT_FOUND", {
      message: `There is no snapshot ${quoted(file)}.`,
      hint: "Take one: npx hardhat siege snapshot siege/*.scenario.ts --network mainnetFork --out siege/fork.json.gz.",
      cause,
    });
  }
  if (read === "too large") throw invalid(file, `it has more than ${MAX_COMPRESSED} bytes`);
  if ("is" in read) throw invalid(file, `it is ${read.is}`);
  return parseSnapshot(read.content, file);
}

/**
 * Checks the content of a snapshot's file.
 *
 * @param origin - where it comes from, for errors
 * @throws SiegeError `SNAPSHOT_INVALID`, `SNAPSHOT_VERSION`
 */
export async function parseSnapshot(content: Uint8Array, origin: string): Promise<StoredSnapshot> {
  const value = jsonOf(await textOf(content, origin), origin);
  const { format, version, checksum } = value as Readonly<Record<string, unknown>>;
  if (format !== SNAPSHOT_FORMAT) throw invalid(origin, `its "format" is not "${SNAPSHOT_FORMAT}"`);
  if (version !== SNAPSHOT_VERSION) {
    throw new SiegeError("SNAPSHOT_VERSION", {
      message: `${quoted(origin)} has version ${legible(toJson(version ?? null), 20)}; this hardhat-siege reads version ${SNAPSHOT_VERSION}.`,
      hint: "Take the snapshot again with this release, or use the release that wrote it.",
    });
  }
  const parsed = snapshotSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(origin, issue === undefined ? "its content is wrong" : issueText(issue));
  }
  const actual = checksumOf(value);
  if (checksum !== actual) throw invalid(origin, "its checksum does not match, so it was edited or damaged");
  return { snapshot: parsed.data, checksum: actual, bytes: content.length };
}

async function textOf(content: Uint8Array, origin: string): Promise<string> {
  let expanded: Buffer;
  try {
    expanded = await expand(content, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const isBomb = cause instanceof RangeError;
    throw invalid(
      origin,
      isBomb
        ? `it expands to more than ${MAX_BYTES} bytes`
        : `it is not a whole file compressed with gzip (${reasonOf(cause)})`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(expanded);
  } catch {
    throw invalid(origin, "it is not text in UTF-8");
  }
}

function jsonOf(text: string, origin: string): object {
  const excess = excessOfText(text, MAX_VALUES);
  if (excess !== undefined) throw invalid(origin, excess);
  let value: unknown;
  try {
    value = fromJson(text);
  } catch (error) {
    throw invalid(origin, `it is not JSON (${reasonOf(error)})`);
  }
  if (typeof value !== "object" || value === null) throw invalid(origin, "it is not a JSON object");
  const nested = excessOfContent(value, MAX_VALUES);
  if (nested !== undefined) throw invalid(origin, nested);
  return value;
}

function invalid(origin: string, why: string): SiegeError {
  return new SiegeError("SNAPSHOT_INVALID", {
    message: `${quoted(origin)} is not a snapshot: ${why}.`,
    hint: "Take the file from where it was kept, or take the snapshot again with siege snapshot.",
  });
}

function unwritable(file: string, why: string, cause?: unknown): SiegeError {
  return new SiegeError("SNAPSHOT_UNWRITABLE", {
    message: `The snapshot could not be written to ${quoted(file)}: ${why}.`,
    hint: "Make room, or give this process the right to write there; fewer scenarios or runs touch less state.",
    cause,
  });
}
