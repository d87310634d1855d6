import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Measured } from "./measure.js";

import { z } from "zod";

/** A point as a file keeps it. */
export interface SavedMeasure extends Measured {
  readonly values: ParameterValues;
}

/** A line of a file of points. */
export const savedMeasureSchema: z.ZodTypeAny = z
  .object({ values: z.record(z.number()), value: z.number(), target: z.string(), forkBlock: z.number() })
  .strict();
