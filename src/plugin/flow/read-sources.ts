import type { FlowSources } from "../../order-flow/ingest/flow-sources.js";

import { readFile } from "node:fs/promises";

import { SiegeError } from "../../errors.js";
import { requireSources } from "../../order-flow/ingest/flow-sources.js";
import { legible } from "../../quantity/legible.js";

const WIDTH = 200;

/** Reads what to ingest from a JSON file. @throws SiegeError `LOGS_INVALID` */
export async function readSources(file: string): Promise<FlowSources> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new SiegeError("LOGS_INVALID", {
      message: `The sources "${legible(file, WIDTH)}" could not be read: ${legible(cause instanceof Error ? cause.message : String(cause), WIDTH)}.`,
      hint: 'Give a JSON file like { "contracts": { "pool": { "kind": "uniswapV2", "address": "0x…" } } }.',
      cause,
    });
  }
  return requireSources(content, `"${file}"`);
}
