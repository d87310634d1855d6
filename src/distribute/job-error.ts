import { z } from "zod";

import { toJson } from "../engine/json.js";
import { quoted } from "../engine/reproduction/file-errors.js";
import { ERROR_POLICIES, SiegeError } from "../errors.js";

const errorSchema = z.object({
  code: z.string().refine((code): code is keyof typeof ERROR_POLICIES => code in ERROR_POLICIES),
  message: z.string().max(40_000),
  hint: z.string().max(40_000),
});

/** An error as the reason for which a job failed. */
export function toReason(error: unknown): string {
  if (!SiegeError.isSiegeError(error)) return quoted(error instanceof Error ? error.message : String(error));
  return toJson({ code: error.code, message: error.summary, hint: error.hint });
}

/** The error for which a job failed. */
export function fromReason(reason: string, shard: { readonly index: number; readonly count: number }): SiegeError {
  let content: unknown;
  try {
    content = JSON.parse(reason);
  } catch {
    // of the queue itself, or of the project's own code
  }
  const parsed = errorSchema.safeParse(content);
  if (parsed.success) return new SiegeError(parsed.data.code, parsed.data);
  return new SiegeError("QUEUE_JOB_FAILED", {
    message: `Job ${shard.index}/${shard.count} failed on every worker that took it: ${quoted(reason)}.`,
    hint: `Play it here to see why: --shard ${shard.index}/${shard.count}. What other jobs found is kept in the queue for a day.`,
  });
}
