import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { PathOutput } from "./play-variants.js";

import { z } from "zod";

/** All paths of a variant, as a file keeps them. */
export interface SavedVariant {
  readonly values: ParameterValues;
  /** Its key: `price:ETH up`. */
  readonly variant: string;
  readonly outputs: readonly PathOutput[];
  readonly target: string;
  readonly forkBlock: number;
}

/** A line of a file of points. */
export const savedVariantSchema: z.ZodTypeAny = z
  .object({
    values: z.record(z.number()),
    variant: z.string(),
    outputs: z.array(z.object({ end: z.number(), before: z.number() }).strict()).min(2),
    target: z.string(),
    forkBlock: z.number(),
  })
  .strict();
