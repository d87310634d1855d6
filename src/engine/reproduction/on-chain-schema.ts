import type { ChainAddend, ChainNumber, ChainTerm, ChainUpdate } from "../../protocols/on-chain.js";
import type { OnChain } from "./on-chain.js";

import { z } from "zod";

import { functionSchema } from "../events/call.js";
import { address, name } from "../events/fields.js";

/** More terms than the holdings of all accounts of a scenario. */
const MAX_PARTS = 10_000;

/** More words than a view returns of structs. */
const MAX_WORD = 1_000;

const revertData = z.string().regex(/^0x([0-9a-f]{2})*$/i, "must be bytes");

/** More than the markets of a protocol. */
const MAX_UPDATES = 1_000;

const update: z.ZodType<ChainUpdate, z.ZodTypeDef, unknown> = z.object({
  to: address,
  function: functionSchema,
  args: z.array(z.unknown()),
}) as unknown as z.ZodType<ChainUpdate, z.ZodTypeDef, unknown>;

const addend: z.ZodType<ChainAddend, z.ZodTypeDef, unknown> = z.lazy(() =>
  z.object({ number: number.optional(), plus: z.bigint() }),
) as unknown as z.ZodType<ChainAddend, z.ZodTypeDef, unknown>;

const number: z.ZodType<ChainNumber, z.ZodTypeDef, unknown> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("view"),
      to: address,
      function: functionSchema,
      args: z.array(z.unknown()),
      word: z.number().int().min(0).max(MAX_WORD).optional(),
      argument: z.object({ at: z.number().int().nonnegative(), number }).optional(),
      after: z.array(update).max(MAX_UPDATES).optional(),
      was: z.bigint().optional(),
    }),
    z.object({ kind: z.literal("native"), account: address, was: z.bigint().optional() }),
    z.object({
      kind: z.literal("ratio"),
      factors: z.tuple([addend, addend]),
      over: addend,
      rounds: z.enum(["down", "up"]),
      was: z.bigint().optional(),
    }),
  ]),
) as unknown as z.ZodType<ChainNumber, z.ZodTypeDef, unknown>;

const term: z.ZodType<ChainTerm, z.ZodTypeDef, unknown> = z.object({
  what: z.string(),
  number,
  times: z.bigint(),
  over: z.bigint().positive(),
});

const guard = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), number, is: z.enum(["readable", "zero", "above zero", "nothing"]) }),
  z.object({ kind: z.literal("below"), number, bound: z.bigint() }),
  z.object({ kind: z.literal("sum above zero"), terms: z.array(term).max(MAX_PARTS), plus: z.bigint() }),
]);

const guards = z.array(guard).max(MAX_PARTS);

const shortfalls = z.object({
  kind: z.literal("shortfalls"),
  says: z.string(),
  shortfalls: z
    .array(z.object({ of: name, when: guards.optional(), terms: z.array(term).max(MAX_PARTS), plus: z.bigint() }))
    .max(MAX_PARTS),
  most: z.bigint(),
  unit: z.object({ symbol: z.string(), decimals: z.number().int().min(0).max(255) }),
});

const call = z.object({
  from: address,
  to: address,
  function: functionSchema,
  args: z.array(z.unknown()),
  argument: z.object({ at: z.number().int().nonnegative(), number }).optional(),
});

const way = z.object({
  first: z.array(call).max(MAX_PARTS),
  call,
  gain: z.array(term).max(MAX_PARTS).optional(),
});

const statement = z.discriminatedUnion("kind", [
  shortfalls,
  z.object({ kind: z.literal("each"), says: z.string(), of: z.array(shortfalls).max(MAX_PARTS) }),
  z.object({
    kind: z.literal("possible"),
    says: z.string(),
    possibilities: z
      .array(z.object({ of: name, when: guards, ways: z.array(way).max(MAX_PARTS), failed: z.boolean() }))
      .max(MAX_PARTS),
    errors: z.array(revertData).max(MAX_PARTS),
  }),
  z.object({
    kind: z.literal("checks"),
    says: z.string(),
    checks: z.array(z.object({ to: address, function: functionSchema, failed: z.boolean() })).max(MAX_PARTS),
  }),
  z.object({
    kind: z.literal("redemptions"),
    says: z.string(),
    vault: address,
    asset: address,
    convert: functionSchema,
    redeem: functionSchema,
    request: z.object({ function: functionSchema, at: z.number().int().nonnegative() }).optional(),
    redemptions: z.array(z.object({ name, account: address, failed: z.boolean() })).max(MAX_PARTS),
    minimum: z.bigint(),
    dust: z.bigint(),
  }),
]);

/** The schema of what exports need: data only. */
export const onChainSchema: z.ZodType<OnChain, z.ZodTypeDef, unknown> = z.object({
  names: z.record(address, z.string()),
  statement: statement.optional(),
  unavailable: z.string().optional(),
  // the shapes are those of the types; zod's strings are wider than viem's 0x${string}
}) as unknown as z.ZodType<OnChain, z.ZodTypeDef, unknown>;
