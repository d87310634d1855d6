import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";

import { SiegeError } from "../errors.js";

/** The campaign result of one scenario file, or why there is none. */
export type FileResult =
  | {
      readonly file: string;
      readonly result: CampaignResult;
      /** If it is that of a shard: which one, counted from 1, and the file of its result, relative to the project's root. */
      readonly shard?: { readonly index: number; readonly count: number; readonly saved: string };
      /** Findings of later runs of other shards; absent if there are none. */
      readonly further?: readonly Finding[];
    }
  | { readonly file: string; readonly error: Error };

/** The version of the document: 2 since evidence and losses are numbers with units. */
const VERSION = 2;

/**
 * All results as one JSON document: whole amounts, which may exceed a JSON number, as decimal strings, with their
 * units beside them; an error as its code, message and hint.
 */
export function toJson(results: readonly FileResult[]): string {
  return JSON.stringify({ version: VERSION, results }, replaceValue, 2);
}

/** The version of {@link resultToJson}'s document. */
const RESULT_VERSION = 1;

/** One result as a JSON document, in the same way. */
export function resultToJson(result: object): string {
  return JSON.stringify({ version: RESULT_VERSION, ...result }, replaceValue, 2);
}

function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (SiegeError.isSiegeError(value)) return { code: value.code, message: value.summary, hint: value.hint };
  if (value instanceof Error) return { message: value.message };
  return value;
}
