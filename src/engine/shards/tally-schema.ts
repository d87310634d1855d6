import type { CallTally, ConditionTally, Flow, Order, RunTally } from "../activity/run-tally.js";

import { z } from "zod";

/** A schema for each of its properties: what is counted and not in the file would be refused when it is read. */
type ShapeOf<T> = Record<keyof T, z.ZodTypeAny>;

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

const call = {
  tried: count,
  unsent: count,
  included: count,
  succeeded: count,
  reverts: byName(count),
} satisfies ShapeOf<CallTally>;

const condition = {
  judged: count,
  failed: count,
  nothing: count,
  stuck: count,
  closest: z.number().optional(),
  why: byName(count),
} satisfies ShapeOf<ConditionTally>;

const order = {
  times: count,
  done: byName(count),
  anyone: byName(count),
  since: byName(count),
} satisfies ShapeOf<Order>;

const flow = { pays: z.array(z.string()), gets: z.array(z.string()) } satisfies ShapeOf<Flow>;

const tally = {
  calls: byName(byName(z.object(call).strict())),
  conditions: byName(z.object(condition).strict()),
  rounds: byName(z.object({ published: count, changed: count, refused: count }).strict()),
  events: byName(count),
  reached: byName(z.tuple([z.number(), z.number()])),
  exercised: z.array(z.string()),
  callers: z.array(z.string()),
  insiders: z.array(z.string()),
  accepted: byName(z.array(z.array(z.number()))),
  after: byName(z.object(order).strict()),
  flows: byName(z.object(flow).strict()),
  unknownContracts: count,
  addressed: z.array(z.string()),
} satisfies ShapeOf<RunTally>;

/** The counts of runs in a file. */
export const tallySchema: z.ZodType<RunTally, z.ZodTypeDef, unknown> = z
  .object(tally)
  // zod writes optional fields as possibly undefined
  .strict() as unknown as z.ZodType<RunTally, z.ZodTypeDef, unknown>;
