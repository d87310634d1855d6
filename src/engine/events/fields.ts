import { z } from "zod";

/** Fields that steps and genes of several kinds share in files. */
export const block = z.number().int().min(0).max(10_000);
export const name = z.string().max(200);
export const address = z.string().regex(/^0x[0-9a-f]{40}$/i, "must be an address");
/** Set in the block that replaces one of that height. */
export const again = z.literal(true).optional();
/** Parts per million; nothing can fall by 100 % or more. */
export const change = z.number().int().min(-999_999);
/** Parts per million, 0 to all. */
export const share = z.number().int().min(0).max(1_000_000);
