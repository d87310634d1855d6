import type { CampaignResult } from "../engine/campaign/campaign-result.js";

import { SiegeError } from "../errors.js";

/** The campaign result of one scenario file, or why there is none. */
export type FileResult =
  { readonly file: string; readonly result: CampaignResult } | { readonly file: string; readonly error: Error };

/**
 * All results as one JSON document: amounts, which may exceed a JSON number, as decimal strings; an error as its
 * code, message and hint.
 */
export function toJson(results: readonly FileResult[]): string {
  return JSON.stringify({ version: 1, results }, replaceValue, 2);
}

function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (SiegeError.isSiegeError(value)) return { code: value.code, message: value.summary, hint: value.hint };
  if (value instanceof Error) return { message: value.message };
  return value;
}
