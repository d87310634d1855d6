import type { FlowDataSet } from "./flow-data-set.js";

import { readFile, stat } from "node:fs/promises";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

import { unpackFlow } from "./flow-document.js";

/** The largest file that is read. */
const MOST_BYTES = 400 * 1024 * 1024;

const WIDTH = 200;

/**
 * Reads a data set of order flow that `siege ingest` wrote.
 *
 * @param file - relative to the working directory
 * @throws SiegeError `FLOW_INVALID` if it cannot be read, is no data set, of another version, damaged or edited
 * @example `const flow = await readFlow("flow.json.gz");`
 */
export async function readFlow(file: string): Promise<FlowDataSet> {
  let bytes: Uint8Array;
  try {
    const stats = await stat(file);
    if (!stats.isFile()) throw new Error("it is not a regular file");
    if (stats.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES.toLocaleString("en-US")} bytes`);
    bytes = await readFile(file);
  } catch (cause) {
    throw new SiegeError("FLOW_INVALID", {
      message: `The order flow "${legible(file, WIDTH)}" could not be read: ${legible(cause instanceof Error ? cause.message : String(cause), WIDTH)}.`,
      hint: "Give the path of a file that siege ingest wrote, relative to the working directory.",
      cause,
    });
  }
  return unpackFlow(bytes, file);
}
