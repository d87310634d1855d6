import type { Address } from "viem";

import type { FlowFile } from "./flow-data-set.js";

import { isAddress } from "viem";
import { z } from "zod";

import { FLOW_FORMAT, FLOW_VERSION } from "./flow-data-set.js";

/** The longest name of a contract, an asset or a token. */
const NAME = 100;

export const addressSchema: z.ZodType<Address> = z.custom<Address>(
  (value) => typeof value === "string" && isAddress(value, { strict: false }),
  "Expected an address",
);
export const nameSchema: z.ZodString = z.string().min(1).max(NAME);
export const decimalsSchema: z.ZodNumber = z.number().int().min(0).max(77);
const whole = z.number().int().nonnegative();
const range = z.tuple([whole, whole]);
const price = z.number().positive().finite();
const hash = z.custom<`0x${string}`>(
  (value) => typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value),
  "Expected 32 bytes",
);

/** Whole amounts, which may exceed a JSON number, are decimal strings. */
const integer = z
  .string()
  .regex(/^-?\d{1,78}$/)
  .transform(BigInt);

const happened = { block: whole, index: whole, time: z.number().nonnegative().finite(), contract: nameSchema };
const caused = { ...happened, from: addressSchema };

const event = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("swap"), ...caused, amount0: integer, amount1: integer, price: price.optional() }),
  z.object({ kind: z.literal("mint"), ...caused, amount0: integer, amount1: integer }),
  z.object({ kind: z.literal("burn"), ...caused, amount0: integer, amount1: integer }),
  z.object({
    kind: z.enum(["supply", "withdraw", "borrow", "repay"]),
    ...caused,
    token: addressSchema,
    amount: integer,
  }),
  z.object({
    kind: z.literal("liquidation"),
    ...caused,
    borrower: addressSchema,
    debt: addressSchema,
    repaid: integer,
    collateral: addressSchema,
    seized: integer,
    priority: integer.optional(),
    fee: integer.optional(),
  }),
  z.object({ kind: z.literal("round"), ...happened, price }),
]);

const contract = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["uniswapV2", "uniswapV3"]),
    address: addressSchema,
    tokens: z.tuple([addressSchema, addressSchema]),
    quote: addressSchema,
  }),
  z.object({
    kind: z.enum(["aaveV3", "compoundV2", "morphoBlue"]),
    address: addressSchema,
    id: hash.optional(),
    token: addressSchema.optional(),
    collateral: addressSchema.optional(),
  }),
  z.object({ kind: z.literal("chainlink"), address: addressSchema, asset: nameSchema, decimals: decimalsSchema }),
]);

/** What a file of order flow has to be. */
export const flowSchema: z.ZodType<FlowFile, z.ZodTypeDef, unknown> = z.object({
  format: z.literal(FLOW_FORMAT),
  version: z.literal(FLOW_VERSION),
  chainId: whole,
  blocks: range,
  times: z.tuple([z.number().finite(), z.number().finite()]),
  missing: z.array(range),
  tokens: z.record(z.object({ symbol: nameSchema, decimals: decimalsSchema, asset: nameSchema.optional() })),
  contracts: z.record(contract),
  counts: z.object({
    logs: whole,
    duplicates: whole,
    removed: whole,
    outOfOrder: whole,
    unknown: whole,
    others: whole,
    outside: whole,
  }),
  events: z.array(event),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
}) as unknown as z.ZodType<FlowFile, z.ZodTypeDef, unknown>;
