import type { FlowDataSet } from "./flow-data-set.js";

import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

import { FLOW_FORMAT, FLOW_VERSION } from "./flow-data-set.js";
import { flowSchema } from "./flow-schema.js";

/** The longest document that is unpacked: about three million events. */
const MOST_BYTES = 400 * 1024 * 1024;

/** The most of a reason or a name that an error quotes. */
const QUOTED = 200;

/** What gzip begins with. */
const GZIP = [0x1f, 0x8b] as const;

/**
 * A data set as a file: JSON with the SHA-256 of its own text, packed with gzip. The same data set gives the same bytes on one version
 * of zlib, and always the same text.
 */
export function packFlow(dataSet: FlowDataSet): Uint8Array {
  return gzipSync(textOf(dataSet, digestOf(dataSet)), { level: 9 });
}

/**
 * Reads a file of order flow, packed or not.
 *
 * @param origin - what the file is called in errors
 * @throws SiegeError `FLOW_INVALID` if it is no data set, of another version, damaged or edited
 */
export function unpackFlow(bytes: Uint8Array, origin: string): FlowDataSet {
  const name = legible(origin, QUOTED);
  const content = parsed(bytes, name);
  const { format, version } = (content ?? {}) as { readonly format?: unknown; readonly version?: unknown };
  if (format !== FLOW_FORMAT) throw invalid(`${name} is not a data set of order flow.`);
  if (version !== FLOW_VERSION) {
    throw new SiegeError("FLOW_INVALID", {
      message: `${name} has version ${legible(version === undefined ? "none" : JSON.stringify(version), QUOTED)} of the format; this release reads ${FLOW_VERSION}.`,
      hint: "Use the release that wrote it, or make it again with siege ingest.",
    });
  }
  const result = flowSchema.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(`${name} is damaged: ${legible(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`, QUOTED)}.`);
  }
  const { sha256, ...dataSet } = result.data;
  if (digestOf(dataSet) !== sha256) throw invalid(`${name} is damaged or was edited: its checksum is another.`);
  return dataSet;
}

function parsed(bytes: Uint8Array, name: string): unknown {
  try {
    const isPacked = bytes[0] === GZIP[0] && bytes[1] === GZIP[1];
    const text = isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
    if (text.length > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES.toLocaleString("en-US")} bytes`);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${name} is not a data set of order flow: ${legible(why, QUOTED)}.`, cause);
  }
}

function invalid(message: string, cause?: unknown): SiegeError {
  return new SiegeError("FLOW_INVALID", {
    message,
    hint: "Take the file from where it was made, or make it again with siege ingest.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** SHA-256 of the text without its checksum. */
function digestOf(dataSet: FlowDataSet): string {
  return createHash("sha256").update(textOf(dataSet)).digest("hex");
}

function textOf(dataSet: FlowDataSet, sha256?: string): string {
  return JSON.stringify({ ...dataSet, ...(sha256 === undefined ? {} : { sha256 }) }, canonical);
}

/** Keys sorted, and big integers as decimal strings. */
function canonical(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
