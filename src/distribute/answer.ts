import type { ShardResults } from "../engine/shards/result.js";
import type { QueueJob } from "./queue-job.js";

import { createHmac, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import { z } from "zod";

import { toJson } from "../engine/json.js";
import { reasonOf } from "../engine/reproduction/file-errors.js";
import { readResultsText, resultsText } from "../engine/shards/store.js";
import { SiegeError } from "../errors.js";

import { jobId } from "./queue-job.js";

/** Larger answers are refused. */
const MAX_BYTES = 320 * 1024 * 1024;

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** What a worker answers. */
export interface Answer {
  /** What the worker calls itself. */
  readonly worker: string;
  /** The result of the shard, compressed. */
  readonly content: string;
  /** Of a worker that shares a secret with whoever asked. */
  readonly signature?: string | undefined;
}

const answerSchema = z
  .object({ worker: z.string().min(1).max(200), content: z.string(), signature: z.string().max(64).optional() })
  .strict();

/** An answer that was read. */
export interface ReadAnswer {
  readonly worker: string;
  readonly results: ShardResults;
  /** Whether the worker has the secret. */
  readonly isSigned: boolean;
}

/** @param secret - shared with whoever asked; `undefined`: none is shared */
export async function answerTo(
  job: QueueJob,
  worker: string,
  results: ShardResults,
  secret: string | undefined,
): Promise<Answer> {
  const content = (await compress(resultsText(results))).toString("base64");
  return { worker, content, ...(secret === undefined ? {} : { signature: signatureOf(job, worker, content, secret) }) };
}

/**
 * Reads an answer and makes sure that it is one to this job.
 *
 * @throws SiegeError `QUEUE_ANSWER_INVALID`
 */
export async function readAnswer(job: QueueJob, value: unknown, secret: string | undefined): Promise<ReadAnswer> {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) throw invalid(job, "unknown", "it is not an answer");
  const { worker, content, signature } = parsed.data;
  let results: ShardResults;
  try {
    const text = await expand(Buffer.from(content, "base64"), { maxOutputLength: MAX_BYTES });
    results = readResultsText(text.toString("utf8"), `The answer of ${worker}`);
  } catch (error) {
    throw invalid(job, worker, SiegeError.isSiegeError(error) ? error.summary : reasonOf(error));
  }
  const { campaign, shards } = results;
  const { version: _version, shard, ...shared } = job.job;
  const asked = { ...shared, parameters: shared.parameters ?? {}, shards: shard.count, release: job.release };
  const answered = Object.fromEntries(
    Object.keys(asked).map((field) => [field, campaign[field as keyof typeof campaign] ?? {}]),
  );
  if (toJson(answered) !== toJson(asked) || shards.length !== 1 || shards[0]?.index !== shard.index) {
    throw invalid(job, worker, "it is that to another job");
  }
  const expected = secret === undefined ? undefined : signatureOf(job, worker, content, secret);
  return { worker, results, isSigned: expected !== undefined && isSame(expected, signature) };
}

/** Who an answer says that it is from. */
export function workerIn(value: unknown): string {
  const parsed = answerSchema.safeParse(value);
  return parsed.success ? parsed.data.worker : "unknown";
}

function signatureOf(job: QueueJob, worker: string, content: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(toJson([jobId(job), worker, content]))
    .digest("hex");
}

function isSame(expected: string, given = ""): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}

function invalid({ job }: QueueJob, worker: string, why: string): SiegeError {
  return new SiegeError("QUEUE_ANSWER_INVALID", {
    message: `The answer of the worker ${worker} to job ${job.shard.index}/${job.shard.count} cannot be read: ${why}.`,
    hint: "The worker is none of this release, or somebody else writes to the queue; its results are not used.",
  });
}
