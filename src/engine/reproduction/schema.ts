import type { Reproduction } from "./reproduction.js";

import { z } from "zod";

import { address, block, name } from "../events/fields.js";
import { genomeSchema, kindSchema, stepDescriptionSchema, traceSchema } from "../events/schema.js";

import { REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "./reproduction.js";

const hex = z.string().regex(/^0x[0-9a-f]*$/i, "must be hexadecimal");
const word = z.string().regex(/^0x[0-9a-f]{64}$/i, "must be 32 bytes");

const environment = z.object({
  timestamp: z.number().int().positive(),
  baseFee: z.bigint().nonnegative(),
  prevRandao: word,
});

const transaction = z.object({
  from: address,
  to: address.optional(),
  data: hex,
  value: z.bigint().nonnegative(),
  gas: z.bigint().positive(),
  maxFeePerGas: z.bigint().nonnegative(),
  maxPriorityFeePerGas: z.bigint().nonnegative(),
});

const script = z.object({
  blocks: z
    .array(
      z.object({
        environment,
        transactions: z.array(transaction),
        receipts: z.array(z.object({ success: z.boolean(), gasUsed: z.bigint().nonnegative(), logs: word })),
      }),
    )
    .max(10_000),
  read: z.object({ to: address, data: hex, gas: hex, overrides: z.record(z.object({ code: hex })) }),
  answer: hex,
});

const state = z.object({
  chainId: z.number().int().positive(),
  block: z.record(z.unknown()),
  ancestors: z.array(z.record(z.unknown())).max(256).optional(),
  accounts: z.record(
    z.object({
      balance: hex,
      nonce: hex,
      code: hex,
      storage: z.record(word),
    }),
  ),
});

/** The schema of a reproduction file: data only, every field checked before anything is played. */
export const reproductionSchema: z.ZodType<Reproduction, z.ZodTypeDef, unknown> = z.object({
  format: z.literal(REPRODUCTION_FORMAT),
  version: z.literal(REPRODUCTION_VERSION),
  status: z.enum(["found", "minimal"]),
  scenario: name,
  target: z.object({ name, address }),
  violation: z.object({
    condition: name,
    target: name,
    block,
    evidence: z.object({ summary: z.string(), quantities: z.array(z.object({ label: z.string(), text: z.string() })) }),
  }),
  seed: z.number().int(),
  run: z.number().int().nonnegative(),
  forkBlock: z.number().int().nonnegative(),
  genome: genomeSchema,
  trace: traceSchema,
  certificate: z
    .object({
      kind: z.literal("1-minimal"),
      deletions: z.array(
        z.object({
          step: z.number().int(),
          inner: z.number().int().optional(),
          without: z.enum(["survived", "another violation"]),
        }),
      ),
    })
    .nullable(),
  thresholds: z.array(z.object({ step: z.number().int(), survives: z.number().int(), resolution: z.number().int() })),
  coupling: z.array(kindSchema).nullable(),
  steps: z.array(stepDescriptionSchema),
  hermetic: z.object({ hardfork: name, state, script }).nullable(),
  // the shapes above are those of the types; zod's strings are wider than viem's 0x${string}
}) as unknown as z.ZodType<Reproduction, z.ZodTypeDef, unknown>;
