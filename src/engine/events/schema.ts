import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { isEventName } from "../../scenario/event.js";

import { again, block, name } from "./fields.js";
import { BUILT_IN_KINDS } from "./kinds.js";
import { ownGenesSchema, ownStepSchema } from "./own-event.js";

/** The name of a kind of event in a file: one that is built in, or one that a scenario defines. */
export const kindSchema: z.ZodType<string> = z
  .string()
  .refine((kind) => BUILT_IN_KINDS.has(kind) || isEventName(kind), "must be a kind of event");

/** One step of a trace in a file. */
const stepSchema = z
  .object({ kind: kindSchema })
  .passthrough()
  .transform((step, context): unknown => {
    const schema = BUILT_IN_KINDS.has(step.kind) ? BUILT_IN_KINDS.of(step).schema : ownStepSchema;
    const parsed = schema.safeParse(step);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue(issue);
    return z.NEVER;
  });

/** A trace in a file. */
export const traceSchema: z.ZodTypeAny = z.object({
  blocks: block,
  steps: z.array(stepSchema),
  seed: z.number().int().safe().optional(),
  derives: z.literal(true).optional(),
});

/** A genome in a file. */
export const genomeSchema: z.ZodTypeAny = z.object({
  seed: z.number().int().safe(),
  blocks: block,
  muted: z.array(name),
  ranks: z.array(name).max(10_000).optional(),
  callers: z.array(name).max(10_000).optional(),
  gifts: z.array(name).max(10_000).optional(),
  accepted: z.record(z.array(z.array(z.number().int()).max(1_000)).max(100)).optional(),
  asDrawn: z.literal(true).optional(),
  ...Object.fromEntries(
    BUILT_IN_KINDS.all.map(({ kind, genes: { field = kind, schema, always } }) => {
      const genes = z.array(schema);
      return [field, always === true ? genes : genes.optional()] as const;
    }),
  ),
  events: ownGenesSchema.optional(),
});

/** A described step in a file: its sentences, and the data that they are made from. */
export const stepDescriptionSchema: z.ZodTypeAny = z.object({
  step: z.number().int(),
  block,
  again,
  reaction: z.literal(true).optional(),
  inner: z.array(z.string()).optional(),
  actor: z.string(),
  action: z.string(),
  consequence: z.string().optional(),
  data: z.object({ kind: kindSchema }).passthrough(),
});

/**
 * Refuses unknown kinds of events before anything else in a file is checked: it may come from a later release.
 *
 * @param content - a reproduction, parsed and not checked
 * @param origin - its source, for the error
 * @throws SiegeError `UNKNOWN_EVENT`
 */
export function requireKnownKinds(content: unknown, origin: string): void {
  const traces = [recordIn(content, "trace"), recordIn(recordIn(content, "finding"), "trace")];
  for (const step of traces.flatMap((trace) => listIn(trace, "steps"))) {
    const kind: unknown = recordIn({ step }, "step").kind;
    if (typeof kind !== "string" || kindSchema.safeParse(kind).success) continue;
    throw new SiegeError("UNKNOWN_EVENT", {
      message: `${legible(origin, 200)} has a step of the kind "${legible(kind, NAME_WIDTH)}", which this release of hardhat-siege does not know.`,
      hint: "Replay it with the release that wrote it, or find it again with siege run. Kinds defined by a scenario have a dot in their names.",
    });
  }
}

function recordIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inside: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof inside === "object" && inside !== null ? (inside as Readonly<Record<string, unknown>>) : {};
}

function listIn(value: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const list = value[key];
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}
