import type { FinishedPath } from "./paths.js";

import { z } from "zod";

import { tallySchema } from "../../engine/shards/tally-schema.js";
import { PLAIN_UNITS } from "../../quantity/amount.js";

/** What the first line of a file of paths says. */
export const PATHS_FORMAT = "hardhat-siege-paths";

export const PATHS_VERSION = 1;

/** The first line. */
export interface PathsHeader {
  readonly format: typeof PATHS_FORMAT;
  readonly version: number;
  readonly scenario: string;
  readonly target: string;
  readonly seed: number;
  readonly blocks: number;
  /** Of the contract, and of what the first path is made of. */
  readonly hash: string;
}

/** See {@link PathsHeader}. */
export const headerSchema: z.ZodType<PathsHeader> = z.object({
  format: z.literal(PATHS_FORMAT),
  version: z.number(),
  scenario: z.string(),
  target: z.string(),
  seed: z.number(),
  blocks: z.number(),
  hash: z.string(),
});

const whole = z.number().int().min(0);

const harm = z.object({
  condition: z.string(),
  kind: z.string(),
  unit: z.union([z.enum(PLAIN_UNITS), z.object({ symbol: z.string(), decimals: whole.max(255) })]),
  most: z.number(),
  last: z.number(),
});

const ruin = z.object({
  path: whole.min(1),
  block: whole.min(1),
  seconds: z.number(),
  violations: z
    .array(z.object({ condition: z.string(), cause: z.string(), block: whole.min(1), summary: z.string() }))
    .min(1),
  harm: z.array(harm),
  atEnd: z.array(z.string()),
});

/** Every other line. */
export const pathSchema: z.ZodType<FinishedPath, z.ZodTypeDef, unknown> = z.object({
  index: whole,
  ruin: ruin.optional(),
  liquidated: z.number().min(0).optional(),
  tally: tallySchema,
  // JSON has no `undefined`, and zod writes optional fields as possibly undefined
}) as unknown as z.ZodType<FinishedPath, z.ZodTypeDef, unknown>;
