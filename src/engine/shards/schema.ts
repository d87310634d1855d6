import type { ShardResults } from "./result.js";

import { z } from "zod";

import { ERROR_POLICIES } from "../../errors.js";
import { address } from "../events/fields.js";
import { traceSchema } from "../events/schema.js";
import { parametersSchema, reproductionSchema, violationSchema } from "../reproduction/schema.js";

import { SHARD_VERSION, sharedJobFields } from "./job.js";
import { SHARD_FORMAT } from "./result.js";
import { tallySchema } from "./tally-schema.js";

const count = z.number().int().nonnegative().safe();
const text = z.string();
const digest = z.string().regex(/^0x[0-9a-f]{64}$/, "must be a digest");
const seconds = z.number().nonnegative();

/** A name of a file in the folder of reproductions, never a way out of it. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/, "must be the name of a reproduction");

const campaign = z
  .object({
    ...sharedJobFields,
    shards: z.number().int().min(1).max(10_000),
    release: text,
    scenario: text,
    target: z.object({ name: text, address }).strict(),
    forkBlock: count,
    blocks: count,
    bytecode: digest,
    definition: digest,
    corpus: digest,
  })
  .strict();

const source = z
  .object({
    kind: z.enum(["given", "artifact", "recovered"]),
    proxy: z
      .object({
        kind: z.enum(["ERC-1967", "beacon", "ERC-1822", "zeppelinos", "minimal clone", "diamond", "delegating"]),
        implementations: z.array(z.object({ address, name: text.optional() }).strict()),
      })
      .strict()
      .optional(),
    recovered: z.object({ functions: count, named: count }).strict().optional(),
  })
  .strict();

const facts = z
  .object({
    target: text,
    agents: z.array(z.object({ agent: text, offered: z.array(text) }).strict()),
    skipped: z.array(z.object({ function: text, because: text }).strict()),
    unasked: count,
    untold: z
      .object({
        questions: z.array(z.object({ contract: text, count }).strict()),
        unanswered: z.array(text),
        addresses: count,
        constants: count,
      })
      .strict()
      .optional(),
    conditions: z.array(text),
    targets: z.array(text),
    read: z.array(text),
    owners: z.array(text),
    names: z.array(z.object({ address: text, name: text }).strict()),
    cheatcodes: z.array(text),
  })
  .strict();

const background = z
  .object({
    source,
    isFork: z.boolean(),
    funding: z.array(z.object({ token: text, address, why: text }).strict()),
    parameters: parametersSchema.optional(),
    facts,
  })
  .strict();

const spent = z.object({ runs: count, blocks: count, calls: count }).strict();

const finding = z
  .object({
    name: fileName,
    run: count,
    reproduction: reproductionSchema,
    original: traceSchema,
    also: z.array(violationSchema),
    spent,
  })
  .strict();

const because = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("another scenario"), scenario: text }).strict(),
  z.object({ kind: z.literal("another target"), target: text }).strict(),
  z.object({ kind: z.literal("other parameters"), parameters: z.string() }).strict(),
  z.object({ kind: z.literal("an agent is gone"), agent: text }).strict(),
  z.object({ kind: z.literal("not reached") }).strict(),
]);

const opening = z
  .object({
    replayed: z
      .object({
        violating: z.array(text),
        surviving: z.array(text),
        skipped: z.array(z.object({ file: text, because }).strict()),
      })
      .strict(),
    findings: z.array(finding),
    spent,
  })
  .strict();

const callOutcome = z.enum(["refused", "reverts", "succeeds", "not submitted", "leaves another state"]);

const explored = z
  .object({
    executor: z.enum(["batched", "faithful"]),
    because: z
      .object({
        kind: z.literal("disagreement"),
        run: count,
        block: count,
        agent: text,
        function: text,
        faithful: callOutcome,
        batched: callOutcome,
      })
      .strict()
      .optional(),
    from: count.optional(),
    notInRunner: text.optional(),
  })
  .strict();

const notCounted = z
  .object({
    violation: violationSchema,
    run: count,
    runs: count,
    call: text,
    profit: z.object({ value: z.number(), unit: z.literal("USD") }).strict(),
    pause: z.object({ value: z.number(), unit: z.literal("seconds") }).strict(),
    decision: z.object({ by: address, name: text, call: text }).strict().optional(),
  })
  .strict();

const strand = z
  .object({
    index: count,
    complete: z.boolean(),
    runs: count,
    searched: z.object({ blocks: count, calls: count, trials: count }).strict(),
    spent,
    discarded: count,
    notCounted: z.array(notCounted).optional(),
    explored,
    tally: tallySchema,
    changed: z.boolean(),
    met: z.array(z.object({ cause: text, finding: finding.optional() }).strict()),
  })
  .strict();

const errorCode = z.string().refine((code) => code in ERROR_POLICIES, "must be a code of an error");

const shard = z
  .object({
    index: z.number().int().min(1),
    opening,
    strands: z.array(strand),
    cut: z
      .object({
        reason: z.enum(["time limit", "interrupted", "error"]),
        error: z.object({ code: errorCode, message: text, hint: text, cause: text.optional() }).strict().optional(),
      })
      .strict()
      .optional(),
    seconds,
    searchSeconds: seconds,
  })
  .strict();

/** The schema of the results of shards. */
export const shardResultsSchema: z.ZodType<ShardResults, z.ZodTypeDef, unknown> = z
  .object({
    format: z.literal(SHARD_FORMAT),
    version: z.literal(SHARD_VERSION),
    campaign,
    background,
    shards: z.array(shard).min(1),
    checksum: z.string().optional(),
  })
  .strict()
  .superRefine(({ campaign: { shards: most }, shards }, context) => {
    const wrong = shards.find(({ index }, at) => index > most || index <= (shards[at - 1]?.index ?? 0));
    if (wrong === undefined) return;
    context.addIssue({ code: "custom", path: ["shards"], message: `shard ${wrong.index} of ${most} is out of place` });
  })
  // the shapes above are those of the types; zod's strings are wider than viem's 0x${string}
  .transform(({ checksum: _checksum, ...results }) => results) as unknown as z.ZodType<
  ShardResults,
  z.ZodTypeDef,
  unknown
>;
