import type { Violation } from "../run/outcome.js";
import type { ParameterValue } from "../world/parameters/parameter-value.js";
import type { Reproduction } from "./reproduction.js";
import type { VersionOne } from "./version-1.js";

import { z } from "zod";

import { ORACLE_FAULT_KINDS } from "../../oracles/faults.js";
import { PLAIN_UNITS } from "../../quantity/amount.js";
import { QUOTED_UNITS } from "../../quantity/quote.js";
import { bytes, number64, stateSchema, word } from "../chain/state-upstream/bundle-schema.js";
import { address, again, block, fee, name, value } from "../events/fields.js";
import { genomeSchema, kindSchema, stepDescriptionSchema, traceSchema } from "../events/schema.js";
import { SERIES_KINDS } from "../explain/timeline/timeline.js";

import { onChainSchema } from "./on-chain-schema.js";
import { REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "./reproduction.js";

/** The latest time, in seconds: the year 36,812. Sums of times stay exact. */
const MAX_TIME = 2 ** 40;

/** A block's, which no transaction and no read exceeds: recorded order flow may come from any chain. */
const gas = z
  .bigint()
  .nonnegative()
  .max(2n ** 40n);

const environment = z.object({
  timestamp: z.number().int().positive().max(MAX_TIME),
  baseFee: fee,
  prevRandao: word,
});

const transaction = z.object({
  from: address,
  to: address.optional(),
  data: bytes,
  value,
  gas,
  maxFeePerGas: fee,
  maxPriorityFeePerGas: fee,
});

const script = z.object({
  blocks: z
    .array(
      z.object({
        empty: z
          .object({
            blocks: z.number().int().min(1).max(MAX_TIME),
            first: z.number().int().positive().max(MAX_TIME),
            interval: z.number().int().positive().max(MAX_TIME),
          })
          .optional(),
        environment,
        transactions: z.array(transaction),
        receipts: z.array(z.object({ success: z.boolean(), gasUsed: gas, logs: word })),
      }),
    )
    .min(1)
    // each block of the longest run may come after a pause, with rounds at its end
    .max(20_000),
  read: z.object({ to: address, data: bytes, gas: number64, overrides: z.record(address, z.object({ code: bytes })) }),
  answer: bytes,
});

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
  // files of earlier releases only say which condition
  cause: z.string().optional(),
  evidence: z.object({ summary: z.string(), quantities: z.array(quantity) }),
});

/** A violation in a file. */
export const violationSchema: z.ZodType<Violation, z.ZodTypeDef, unknown> = violation.transform(
  withCause,
) as unknown as z.ZodType<Violation, z.ZodTypeDef, unknown>;

function withCause<T extends { readonly condition: string; readonly cause?: string | undefined }>(
  given: T,
): T & { readonly cause: string } {
  return { ...given, cause: given.cause ?? given.condition };
}

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
  kind: kindSchema,
  fails: z.number(),
  survives: z.number(),
  resolution: z.number(),
  unit: z.string(),
});

const dollars = z.object({ value: z.number(), unit: z.literal("USD") });

/** A price as it is quoted. */
const price = z.object({ value: z.number(), unit: z.enum(QUOTED_UNITS) });

const loss = z.object({ protocol: name, block, first: dollars, most: dollars });

const round = z.object({
  before: z.number().int().min(0),
  block,
  again,
  actor: z.string(),
  action: z.string(),
  consequence: z.string().optional(),
  data: z.object({
    feed: name,
    outcome: z.enum(["published", "changed", "refused"]),
    offered: price,
    shown: price,
    fair: price,
    fault: z.enum(ORACLE_FAULT_KINDS).optional(),
  }),
});

const cascade = z.object({
  nodes: z
    .array(z.object({ id: z.string(), label: z.string(), block, step: z.number().int().optional(), kind: z.string() }))
    .max(1_000),
  edges: z.array(z.object({ from: z.string(), to: z.string(), because: z.string() })).max(10_000),
});

const toldCall = z.object({
  depth: z.number().int().min(0),
  text: z.string(),
  answer: z.string().optional(),
  reverted: z.literal(true).optional(),
  gasUsed: z.number(),
});

const timeline = z.object({
  frames: z
    .array(
      z.object({
        block: z.number().int().min(0),
        seconds: z.number(),
        kind: z.enum(["start", "step", "round", "transaction", "block"]),
        step: z.number().int().optional(),
        actor: z.string().optional(),
        calls: z.array(toldCall).optional(),
        more: z.number().int().optional(),
        transfers: z.array(z.object({ from: z.string(), to: z.string(), amount: z.string() })).optional(),
      }),
    )
    .max(1_000),
  series: z
    .array(
      z.object({
        kind: z.enum(SERIES_KINDS),
        of: z.string(),
        asset: z.string().optional(),
        unit: z.string(),
        values: z.array(z.number().nullable()).max(1_000),
      }),
    )
    .max(1_000),
});

const position = z.number().int().positive().safe();

const codePoint = z.object({
  contract: z.string(),
  file: z.string().optional(),
  line: position.optional(),
  column: position.optional(),
  endLine: position.optional(),
  function: z.string(),
  score: z.number().min(0).max(1),
  survivors: z
    .object({ executing: z.number().int().nonnegative().safe(), of: z.number().int().nonnegative().safe() })
    .optional(),
  opens: z.string().optional(),
  excerpt: z.string().optional(),
});

const flowEnd = z.enum(["succeeds", "reverts", "left out", "refused"]);

const interference = z.object({
  block,
  hash: word,
  from: address,
  to: address.optional(),
  was: flowEnd,
  is: flowEnd,
});

/** The parameters that a campaign set. */
export const parametersSchema: z.ZodType<ParameterValue[], z.ZodTypeDef, unknown> = z
  .array(z.object({ name, value: z.number(), unit: z.string().optional(), was: z.number().optional() }))
  // optional fields are absent, never undefined
  .max(1_000) as unknown as z.ZodType<ParameterValue[], z.ZodTypeDef, unknown>;

/** What every version has besides its finding. */
const envelope = {
  format: z.literal(REPRODUCTION_FORMAT),
  status: z.enum(["found", "minimal"]),
  scenario: name,
  target: z.object({ name, address }),
  forkBlock: z.number().int().nonnegative().safe(),
  parameters: parametersSchema.optional(),
  seed: z.number().int().safe(),
  run: z.number().int().nonnegative().safe(),
  hermetic: z.object({ hardfork: name, state: stateSchema, script }).nullable(),
  onChain: onChainSchema.optional(),
};

/** The schema of a reproduction file: data only, every field checked before anything is played. */
export const reproductionSchema: z.ZodType<Reproduction, z.ZodTypeDef, unknown> = z.object({
  ...envelope,
  version: z.literal(REPRODUCTION_VERSION),
  finding: z.object({
    violation: violation.transform(withCause),
    found: violation.transform(withCause),
    genome: genomeSchema,
    trace: traceSchema,
    certificate: certificate.optional(),
    thresholds: z.array(threshold),
    steps: z.array(stepDescriptionSchema),
    rounds: z.array(round).optional(),
    worst: z
      .object({ violation: violation.transform(withCause), trace: traceSchema, steps: z.array(stepDescriptionSchema) })
      .optional(),
    coupling: z.array(kindSchema).optional(),
    code: z.array(codePoint).optional(),
    losses: z.array(loss),
    cascade: cascade.optional(),
    timeline: timeline.optional(),
    interferences: z.array(interference),
  }),
  // the shapes above are those of the types; zod's strings are wider than viem's 0x${string}
}) as unknown as z.ZodType<Reproduction, z.ZodTypeDef, unknown>;

/**
 * The part of a file of version 1 that is replayed. The rest is worked out anew when the finding is minimised and confirmed
 * again.
 */
export const versionOneSchema: z.ZodType<VersionOne, z.ZodTypeDef, unknown> = z.object({
  ...envelope,
  version: z.literal(1),
  violation: violation.extend({
    evidence: z.object({ summary: z.string(), quantities: z.array(quantity.pick({ label: true, text: true })) }),
  }),
  genome: genomeSchema,
  trace: traceSchema,
  // as above
}) as unknown as z.ZodType<VersionOne, z.ZodTypeDef, unknown>;
