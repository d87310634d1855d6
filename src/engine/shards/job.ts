import type { ParameterValues } from "../../scenario/parameters/setter.js";

import { z } from "zod";

import { SiegeError } from "../../errors.js";

/** The version of the job and of its result. Any other is refused. */
export const SHARD_VERSION = 1;

/** Which part of a campaign. */
export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly count: number;
}

/**
 * What one shard is asked to do: to play its part of the campaign of one scenario file. Plain data, for a file, a command line
 * or a queue. The same job gives the same result on every machine with the same project and release, apart from the seconds.
 */
export interface ShardJob {
  readonly version: typeof SHARD_VERSION;
  /** The scenario file, relative to the project's root, with slashes. */
  readonly file: string;
  readonly seed: number;
  /** Of the whole campaign. */
  readonly runs: number;
  /** After how many findings the whole campaign stops. */
  readonly findings: number | "all";
  readonly executor: "batched" | "faithful";
  /** Values of the scenario's parameters; absent if none is set. */
  readonly parameters?: ParameterValues | undefined;
  readonly shard: Shard;
}

/** The most shards. */
const MOST_SHARDS = 10_000;

const shard = z
  .object({ index: z.number().int().min(1), count: z.number().int().min(1).max(MOST_SHARDS) })
  .strict()
  .refine(({ index, count }) => index <= count, "must be one of them");

/** The fields of a job that all shards of a campaign have in common. */
export const sharedJobFields: {
  file: z.ZodString;
  seed: z.ZodNumber;
  runs: z.ZodNumber;
  findings: z.ZodUnion<[z.ZodLiteral<"all">, z.ZodNumber]>;
  executor: z.ZodEnum<["batched", "faithful"]>;
  parameters: z.ZodType<ParameterValues | undefined>;
} = {
  file: z.string().min(1).max(4_096),
  seed: z.number().int().min(0).max(2_147_483_647),
  runs: z.number().int().min(1).max(1_000_000),
  findings: z.union([z.literal("all"), z.number().int().min(1).max(1_000)]),
  executor: z.enum(["batched", "faithful"]),
  parameters: z.record(z.string().max(200), z.number()).optional(),
};

/** The schema of a job. */
export const shardJobSchema: z.ZodType<ShardJob> = z
  .object({ version: z.literal(SHARD_VERSION), ...sharedJobFields, shard })
  .strict();

/**
 * Reads `2/4`.
 *
 * @param origin - where it was written, for the error
 * @throws SiegeError `INVALID_OPTION`
 */
export function readShard(text: string, origin: string): Shard {
  const [, first, second] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (first === undefined || second === undefined) throw noShard(origin, text, "is not a shard");
  const [index, count] = [Number(first), Number(second)];
  if (count < 1 || count > MOST_SHARDS) {
    throw noShard(
      origin,
      text,
      `asks for ${count.toLocaleString("en-US")} shards, not 1 to ${MOST_SHARDS.toLocaleString("en-US")}`,
    );
  }
  if (index < 1) throw noShard(origin, text, "asks for shard 0; the first one is 1");
  if (index > count) throw noShard(origin, text, `asks for shard ${index} of ${count}, which does not exist`);
  return { index, count };
}

function noShard(origin: string, text: string, why: string): SiegeError {
  return new SiegeError("INVALID_OPTION", {
    message: `${origin} is ${JSON.stringify(text.slice(0, 40))}, which ${why}.`,
    hint: "Write the shard and how many there are: --shard 1/4, 2/4, 3/4 and 4/4 are the parts of one campaign.",
  });
}
