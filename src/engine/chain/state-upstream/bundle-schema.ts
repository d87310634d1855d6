import { z } from "zod";

import { address } from "../../events/fields.js";

/** Hexadecimal data of whole bytes. */
export const bytes: z.ZodEffects<z.ZodString> = z
  .string()
  .regex(/^0x[0-9a-f]*$/i, "must be hexadecimal")
  .refine((text) => text.length % 2 === 0, "must be whole bytes");

export const word: z.ZodString = z.string().regex(/^0x[0-9a-f]{64}$/i, "must be 32 bytes");

export const number64: z.ZodString = z.string().regex(/^0x(0|[1-9a-f][0-9a-f]{0,15})$/i, "must be a number of 64 bits");

const number256 = z.string().regex(/^0x(0|[1-9a-f][0-9a-f]{0,63})$/i, "must be a number of 256 bits");

/** Its other fields are the chain's own affair, which refuses what it cannot read. */
const header = z.object({ number: number64, timestamp: number64, hash: word }).passthrough();

/** The schema of a {@link StateBundle} in a file. */
export const stateSchema: z.ZodType<unknown, z.ZodTypeDef, unknown> = z.object({
  chainId: z.number().int().positive().safe(),
  block: header,
  ancestors: z.array(header).max(256).optional(),
  accounts: z.record(
    address,
    z.object({
      balance: number256,
      nonce: number64,
      code: bytes,
      storage: z.record(word, word),
    }),
  ),
});
