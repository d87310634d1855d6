import type { ChainNumber, ChainTerm } from "../../protocols/on-chain.js";
import type { OnChain } from "./on-chain.js";

import { z } from "zod";

import { functionSchema } from "../events/call.js";
import { address, name } from "../events/fields.js";

/** More terms than the holdings of all accounts of a scenario. */
const MAX_PARTS = 10_000;

const number: z.ZodType<ChainNumber, z.ZodTypeDef, unknown> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("view"),
      to: address,
      function: functionSchema,
      args: z.array(z.unknown()),
      argument: z.object({ at: z.number().int().nonnegative(), number }).optional(),
      was: z.bigint().optional(),
    }),
    z.object({ kind: z.literal("native"), account: address, was: z.bigint().optional() }),
  ]),
) as unknown as z.ZodType<ChainNumber, z.ZodTypeDef, unknown>;

const term: z.ZodType<ChainTerm, z.ZodTypeDef, unknown> = z.object({
  what: z.string(),
  number,
  times: z.bigint(),
  over: z.bigint().positive(),
});

const statement = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("shortfalls"),
    says: z.string(),
    shortfalls: z.array(z.object({ of: name, terms: z.array(term).max(MAX_PARTS), plus: z.bigint() })).max(MAX_PARTS),
    most: z.bigint(),
    unit: z.object({ symbol: z.string(), decimals: z.number().int().min(0).max(255) }),
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
  // the shapes are those of the types; zod's strings are wider than viem's 0x${string}
}) as unknown as z.ZodType<OnChain, z.ZodTypeDef, unknown>;
