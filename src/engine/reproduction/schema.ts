import type { Reproduction } from "./reproduction.js";

import { z } from "zod";

import { MAX_DECIMALS, MAX_FACTOR, ORACLE_FAULT_KINDS } from "../../oracles/faults.js";
import { PLAIN_UNITS } from "../../quantity/amount.js";

import { REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "./reproduction.js";

const hex = z.string().regex(/^0x[0-9a-f]*$/i, "must be hexadecimal");
const address = z.string().regex(/^0x[0-9a-f]{40}$/i, "must be an address");
const word = z.string().regex(/^0x[0-9a-f]{64}$/i, "must be 32 bytes");
const block = z.number().int().min(0).max(10_000);
const name = z.string().max(200);

const market = z.object({
  kind: z.literal("market"),
  block,
  asset: name,
  change: z.number().int().min(-999_999),
});

const fault = z.enum(ORACLE_FAULT_KINDS);
const factor = z.number().int().min(0).max(MAX_FACTOR).optional();
const decimals = z.number().int().min(0).max(MAX_DECIMALS).optional();

const oracle = z.object({
  kind: z.literal("oracle"),
  block,
  oracle: name,
  fault,
  blocks: z.number().int().min(1).max(10_000),
  factor,
  decimals,
});

const change = z.number().int().min(-999_999);
const again = z.literal(true).optional();

const gas = z.object({ kind: z.literal("gas"), block, change });

const act = {
  block,
  again,
  act: z.enum(["censor", "first", "last", "reorg"]),
  sender: name,
  blocks: block,
};

const builder = z.object({ kind: z.literal("builder"), ...act });

const made = {
  to: address,
  function: z
    .object({
      type: z.literal("function"),
      name: z.string(),
      inputs: z.array(z.unknown()),
      outputs: z.array(z.unknown()),
    })
    .passthrough(),
  args: z.array(z.unknown()),
  value: z.bigint().nonnegative(),
};

const call = z.object({
  kind: z.literal("call"),
  block,
  again,
  reaction: z.literal(true).optional(),
  agent: name,
  ...made,
  inner: z.array(z.object(made)).max(1_000).optional(),
  tip: z.bigint().nonnegative(),
  gas: z.bigint().nonnegative(),
  note: z.string().optional(),
});

const trace = z.object({
  blocks: block,
  steps: z.array(z.discriminatedUnion("kind", [market, oracle, gas, builder, call])),
  seed: z.number().int().optional(),
});

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

const kinds = z.enum(["market", "oracle", "gas", "builder", "call"]);

const genome = z.object({
  seed: z.number().int(),
  blocks: block,
  muted: z.array(name),
  market: z.array(z.object({ block, asset: name, change: z.number().int().min(-999_999) })),
  oracles: z.array(
    z.object({
      block,
      oracle: name,
      fault: fault.optional(),
      blocks: z.number().int().min(1),
      factor,
      decimals,
    }),
  ),
  moves: z.array(
    z.object({
      block,
      agent: name,
      action: name,
      operands: z.array(z.number().int().min(0).max(1_000_000)),
      position: z.enum(["front", "back"]),
      again,
    }),
  ),
  gas: z.array(z.object({ block, change })).optional(),
  builder: z.array(z.object(act)).optional(),
});

const steps = z.array(
  z.object({
    step: z.number().int(),
    block,
    again,
    reaction: z.literal(true).optional(),
    inner: z.array(z.string()).optional(),
    actor: z.string(),
    action: z.string(),
    consequence: z.string().optional(),
  }),
);

const unit = z.union([
  z.enum(PLAIN_UNITS),
  z.object({ symbol: z.string(), decimals: z.number().int().min(0).max(255) }),
]);

const quantity = z.object({
  kind: z.string(),
  of: z.string().optional(),
  label: z.string(),
  text: z.string(),
  value: z.union([z.bigint(), z.number()]).optional(),
  unit: unit.optional(),
});

const violation = z.object({
  condition: name,
  target: name,
  block,
  evidence: z.object({ summary: z.string(), quantities: z.array(quantity) }),
});

const certificate = z.object({
  kind: z.literal("1-minimal"),
  deletions: z.array(
    z.object({
      step: z.number().int(),
      inner: z.number().int().optional(),
      without: z.enum(["survived", "another violation"]),
    }),
  ),
});

const threshold = z.object({
  step: z.number().int(),
  kind: kinds,
  fails: z.number(),
  survives: z.number(),
  resolution: z.number(),
  unit: z.string(),
});

const dollars = z.object({ value: z.number(), unit: z.literal("USD") });

const loss = z.object({ protocol: name, block, first: dollars, most: dollars });

const flowEnd = z.enum(["succeeds", "reverts", "left out", "refused"]);

const interference = z.object({
  block,
  hash: word,
  from: address,
  to: address.optional(),
  was: flowEnd,
  is: flowEnd,
});

/** What every version has beside its finding. */
const envelope = {
  format: z.literal(REPRODUCTION_FORMAT),
  status: z.enum(["found", "minimal"]),
  scenario: name,
  target: z.object({ name, address }),
  forkBlock: z.number().int().nonnegative(),
  seed: z.number().int(),
  run: z.number().int().nonnegative(),
  hermetic: z.object({ hardfork: name, state, script }).nullable(),
};

/** The schema of a reproduction file: data only, every field checked before anything is played. */
export const reproductionSchema: z.ZodType<Reproduction, z.ZodTypeDef, unknown> = z.object({
  ...envelope,
  version: z.literal(REPRODUCTION_VERSION),
  finding: z.object({
    violation,
    found: violation,
    genome,
    trace,
    certificate: certificate.optional(),
    thresholds: z.array(threshold),
    steps,
    coupling: z.array(kinds).optional(),
    losses: z.array(loss),
    interferences: z.array(interference),
  }),
  // the shapes above are those of the types; zod's strings are wider than viem's 0x${string}
}) as unknown as z.ZodType<Reproduction, z.ZodTypeDef, unknown>;

/**
 * What is read of a file of version 1, whose sentences are not data: what is played. The rest is found out again when it is
 * minimised and confirmed again.
 */
export const versionOneSchema = z.object({
  ...envelope,
  version: z.literal(1),
  violation: violation.extend({
    evidence: z.object({ summary: z.string(), quantities: z.array(quantity.pick({ label: true, text: true })) }),
  }),
  genome,
  trace,
});
