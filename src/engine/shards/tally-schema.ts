import type { RunTally } from "../activity/run-tally.js";

import { z } from "zod";

const count = z.number().int().nonnegative();

/**
 * Values by name. The object has no prototype, like those that are counted with: a contract may revert with the reason
 * "__proto__".
 */
function byName<T>(schema: z.ZodType<T>): z.ZodType<Record<string, T>, z.ZodTypeDef, unknown> {
  return z.unknown().transform((value, context): Record<string, T> => {
    const named = Object.create(null) as Record<string, T>;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      context.addIssue({ code: z.ZodIssueCode.custom, message: "must be an object" });
      return z.NEVER;
    }
    for (const [name, one] of Object.entries(value)) {
      const parsed = schema.safeParse(one);
      if (parsed.success) named[name] = parsed.data;
      else for (const issue of parsed.error.issues) context.addIssue({ ...issue, path: [name, ...issue.path] });
    }
    return named;
  });
}

const call = z
  .object({ tried: count, unsent: count, included: count, succeeded: count, reverts: byName(count) })
  .strict();

const condition = z
  .object({
    judged: count,
    failed: count,
    nothing: count,
    stuck: count,
    closest: z.number().optional(),
    why: byName(count),
  })
  .strict();

/** The counts of runs in a file. */
export const tallySchema: z.ZodType<RunTally, z.ZodTypeDef, unknown> = z
  .object({
    calls: byName(byName(call)),
    conditions: byName(condition),
    rounds: byName(z.object({ published: count, changed: count, refused: count }).strict()),
    events: byName(count),
    reached: byName(z.tuple([z.number(), z.number()])),
    exercised: z.array(z.string()),
    callers: z.array(z.string()),
    accepted: byName(z.array(z.array(z.number()))),
    after: byName(z.object({ times: count, done: byName(count), anyone: byName(count) }).strict()),
    flows: byName(z.object({ pays: z.array(z.string()), gets: z.array(z.string()) }).strict()),
    unknownContracts: count,
    addressed: z.array(z.string()),
    // zod writes optional fields as possibly undefined
  })
  .strict() as unknown as z.ZodType<RunTally, z.ZodTypeDef, unknown>;
