import type { Hex } from "viem";

import type { ShardJob } from "../engine/shards/job.js";

import { createHash } from "node:crypto";

import { z } from "zod";

import { toJson } from "../engine/json.js";
import { shardJobSchema } from "../engine/shards/job.js";
import { strandsOf } from "../engine/shards/strands.js";

/** The version of what is in a queue. Any other is refused. */
export const QUEUE_VERSION = 1;

/** The most jobs of a campaign: each sets up the scenario anew. */
export const MOST_JOBS = 64;

/** What all jobs of a campaign have in common. */
export interface JobOrigin {
  /** The release of hardhat-siege. */
  readonly release: string;
  /** The commit of the project that is besieged. */
  readonly commit: string;
  /** The name of the network in the config. */
  readonly network: string;
  /** The day with which a network that is no fork begins, like `2026-03-01`. */
  readonly day: string;
  /** The checksum of the snapshot that the network forks from; absent if it forks from none. */
  readonly snapshot?: Hex | undefined;
  /** Whether findings are to name lines of code. */
  readonly explain: boolean;
}

/** A job in a queue: which part of which campaign of which commit. Names and numbers, never code. */
export interface QueueJob extends JobOrigin {
  readonly version: typeof QUEUE_VERSION;
  readonly job: ShardJob;
}

/** What a worker plays is a scenario file of the project's, and its own only. */
const scenarioFile = z
  .string()
  .regex(/^[^\\:*?"<>|\0]+\.scenario\.[cm]?[jt]s$/, "must be the path of a scenario file")
  .refine((file) => !file.startsWith("/") && !file.split("/").includes(".."), "must stay within the project");

/** The schema of a job in a queue. */
export const queueJobSchema: z.ZodType<QueueJob, z.ZodTypeDef, unknown> = z
  .object({
    version: z.literal(QUEUE_VERSION),
    release: z.string().max(100),
    commit: z.string().regex(/^[0-9a-f]{40,64}$/, "must be a commit"),
    network: z.string().min(1).max(200),
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day"),
    snapshot: z
      .string()
      .regex(/^0x[0-9a-f]{64}$/, "must be a checksum")
      .optional(),
    explain: z.boolean(),
    job: shardJobSchema.refine(({ file }) => scenarioFile.safeParse(file).success, {
      message: "must be a scenario file within the project",
      path: ["file"],
    }),
  })
  .strict() as unknown as z.ZodType<QueueJob, z.ZodTypeDef, unknown>;

/** The jobs of a campaign, in logical order: as many as it has strands, up to the most. */
export function jobsOf(
  origin: JobOrigin,
  shared: Omit<ShardJob, "shard">,
  most: number = MOST_JOBS,
): readonly QueueJob[] {
  const count = Math.min(strandsOf(shared.runs).length, most);
  return Array.from({ length: count }, (_, at) => ({
    version: QUEUE_VERSION,
    ...origin,
    job: { ...shared, shard: { index: at + 1, count } },
  }));
}

/** The same for the same job: a campaign that is run again finds what was played of it. */
export function jobId(job: QueueJob): string {
  // BullMQ takes an id of digits alone for its own
  return `s${createHash("sha256").update(toJson(job)).digest("hex").slice(0, 40)}`;
}
