import type { MapPoint } from "./point.js";

import { z } from "zod";

/** A point as a file keeps it. */
export interface SavedPoint extends MapPoint {
  /** What its campaign was about; absent if it broke before its first block. */
  readonly about?: { readonly target: string; readonly forkBlock?: number };
}

/** A line of a file of points. */
export const savedPointSchema: z.ZodTypeAny = z
  .object({
    values: z.record(z.number()),
    end: z.enum(["survived", "broke"]),
    runs: z.number().int().min(0),
    violation: z
      .object({
        condition: z.string(),
        summary: z.string(),
        reproduction: z.string().optional(),
        lasts: z.boolean().optional(),
      })
      .strict()
      .optional(),
    why: z.string().optional(),
    about: z.object({ target: z.string(), forkBlock: z.number().optional() }).optional(),
  })
  .strict();
