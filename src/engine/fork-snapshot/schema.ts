import type { JsonTransaction } from "../../order-flow/recorded.js";
import type { ForkSnapshot, SignedOrder } from "./fork-snapshot.js";

import { z } from "zod";

import { bytes, stateSchema, word } from "../chain/state-upstream/bundle-schema.js";
import { address } from "../events/fields.js";

import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION } from "./fork-snapshot.js";

/** The most transactions, and the most orders. */
const MOST = 100_000;

const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i, "must be a hexadecimal number");

const transaction = z
  .object({
    hash: word,
    from: address,
    // absent or null: contract creation
    to: address.nullish().transform((to) => to ?? null),
    input: bytes,
    value: quantity,
    gas: quantity,
    gasPrice: quantity.optional(),
    maxFeePerGas: quantity.optional(),
    maxPriorityFeePerGas: quantity.optional(),
  })
  // signatures and access lists
  .passthrough();

/** The schema of pending transactions, as JSON-RPC returns them. */
export const pendingSchema: z.ZodType<readonly JsonTransaction[], z.ZodTypeDef, unknown> = z
  .array(transaction)
  .max(MOST) as unknown as z.ZodType<readonly JsonTransaction[], z.ZodTypeDef, unknown>;

/** The schema of signed orders: objects. */
export const ordersSchema: z.ZodType<readonly SignedOrder[], z.ZodTypeDef, unknown> = z
  .array(z.record(z.unknown()))
  .max(MOST);

/** The schema of a snapshot: data only, every field checked before anything is forked from it. */
export const snapshotSchema: z.ZodType<ForkSnapshot, z.ZodTypeDef, unknown> = z
  .object({
    format: z.literal(SNAPSHOT_FORMAT),
    version: z.literal(SNAPSHOT_VERSION),
    network: z
      .object({
        chainId: z.number().int().positive().safe(),
        chainType: z.string().max(40),
        hardfork: z.string().max(40),
      })
      .strict(),
    state: stateSchema,
    pending: pendingSchema,
    orders: ordersSchema,
    checksum: z.string().optional(),
  })
  .strict()
  // the shapes above are those of the types; zod's strings are wider than viem's 0x${string}
  .transform(({ checksum: _checksum, ...snapshot }) => snapshot) as unknown as z.ZodType<
  ForkSnapshot,
  z.ZodTypeDef,
  unknown
>;
