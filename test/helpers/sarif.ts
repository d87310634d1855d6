import type { Log } from "sarif";

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/** The schema of SARIF 2.1.0 as its authors publish it. */
const SCHEMA = fileURLToPath(import.meta.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

// a pattern of it (of languages) is none with the flag u
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema());

/** Reads a SARIF log, which its schema has to accept. */
export function readSarif(text: string): Log {
  const log: unknown = JSON.parse(text);
  if (validate(log)) return log as Log;
  throw new Error((validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("\n"));
}

function schema(): object {
  // it says what it is in words of draft 4, and has nothing else from there
  const { $schema: _draft, id: _id, ...rest } = JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>;
  return rest;
}
