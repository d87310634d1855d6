import type { RawLog } from "../../order-flow/ingest/raw-log.js";
import type { Row } from "../../order-flow/ingest/rows/csv-rows.js";

import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { SiegeError } from "../../errors.js";
import { csvRows } from "../../order-flow/ingest/rows/csv-rows.js";
import { logOfRow } from "../../order-flow/ingest/rows/log-of-row.js";
import { legible } from "../../quantity/legible.js";

/** The largest file, packed or not. */
const MOST_BYTES = 400 * 1024 * 1024;

const WIDTH = 200;

/**
 * Reads files of logs: JSON (a list, or what eth_getLogs answers), JSON lines, CSV, each also packed with gzip, and Parquet.
 *
 * @param files - relative to the working directory
 * @throws SiegeError `LOGS_INVALID` with the file and the row, `PARQUET_UNAVAILABLE`
 */
export async function readLogFiles(files: readonly string[]): Promise<readonly RawLog[]> {
  const logs: RawLog[] = [];
  for (const file of files) {
    const rows = await rowsOf(file);
    for (const [index, row] of rows.entries()) logs.push(logOfRow(row, `${file}, log ${index + 1}`));
  }
  return logs;
}

async function rowsOf(file: string): Promise<readonly Row[]> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) throw new Error("it is not a regular file");
    if (stats.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES.toLocaleString("en-US")} bytes`);
    const packed = await readFile(file);
    const name = file.replace(/\.gz$/, "");
    if (path.extname(name) === ".parquet") return await parquetRows(packed);
    const bytes = name === file ? packed : gunzipSync(packed, { maxOutputLength: MOST_BYTES });
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return path.extname(name) === ".csv" ? csvRows(text) : jsonRows(text);
  } catch (cause) {
    if (SiegeError.isSiegeError(cause)) throw cause;
    throw new SiegeError("LOGS_INVALID", {
      message: `The logs "${legible(file, WIDTH)}" could not be read: ${legible(cause instanceof Error ? cause.message : String(cause), WIDTH)}.`,
      hint: "Give files of logs that end in .json, .jsonl, .csv (each also with .gz) or .parquet, relative to the working directory.",
      cause,
    });
  }
}

function jsonRows(text: string): readonly Row[] {
  const content = text.trimStart().startsWith("[") ? parsed(text) : linesOf(text);
  if (Array.isArray(content)) return content as readonly Row[];
  throw new Error("it has no list of logs");
}

/** Objects line by line, or what a node answered. */
function linesOf(text: string): unknown {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  try {
    const rows = lines.map(parsed);
    const [only] = rows as { readonly result?: unknown }[];
    return rows.length === 1 && Array.isArray(only?.result) ? only.result : rows;
  } catch (error) {
    const whole = parsedOr(text) as { readonly result?: unknown } | undefined;
    if (Array.isArray(whole?.result)) return whole.result;
    throw error;
  }
}

function parsed(text: string): unknown {
  return JSON.parse(text) as unknown;
}

function parsedOr(text: string): unknown {
  try {
    return parsed(text);
  } catch {
    return undefined;
  }
}

async function parquetRows(bytes: Buffer): Promise<readonly Row[]> {
  const { parquetReadObjects } = await parquetReader();
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return parquetReadObjects({ file, utf8: false });
}

async function parquetReader() {
  try {
    return await import("hyparquet");
  } catch (cause) {
    throw new SiegeError("PARQUET_UNAVAILABLE", {
      message: "Parquet files are read with the package hyparquet, which could not be loaded.",
      hint: "Install it: npm install --save-dev hyparquet@1; or give the logs as CSV or JSON.",
      cause,
    });
  }
}
