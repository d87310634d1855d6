import { z } from "zod";

/** Fields that steps and genes of several kinds share in files. */
export const block: z.ZodNumber = z.number().int().min(0).max(10_000);
/** Of any length: a project's names are what they are, and the size of the file bounds them. Reports cut them. */
export const name: z.ZodString = z.string();
export const address: z.ZodString = z.string().regex(/^0x[0-9a-f]{40}$/i, "must be an address");
/** Set in the block that replaces one of that height. */
export const again: z.ZodOptional<z.ZodLiteral<true>> = z.literal(true).optional();
/** Parts per million; nothing can fall by 100 % or more, and nothing rises a billionfold. */
export const change: z.ZodNumber = z.number().int().min(-999_999).max(1e15);
/** wei. */
export const value: z.ZodBigInt = z
  .bigint()
  .nonnegative()
  .max(2n ** 256n - 1n);
/** wei per unit of gas; an EVM counts fees in 128 bits. */
export const fee: z.ZodBigInt = z
  .bigint()
  .nonnegative()
  .max(2n ** 128n - 1n);
/** Parts per million, 0 to all. */
export const share: z.ZodNumber = z.number().int().min(0).max(1_000_000);
