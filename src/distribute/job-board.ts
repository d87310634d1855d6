import type { Job, Queue, QueueConnection } from "./connection.js";
import type { QueueJob } from "./queue-job.js";

import { PREFIX } from "./connection.js";
import { jobId } from "./queue-job.js";

/** How long what nobody fetches is kept, seconds. */
const KEPT_FOR = 24 * 3600;

/** How often a job is tried if faults of the chain or of a machine stop it. */
export const ATTEMPTS = 4;

/** How long a command may take, milliseconds. */
const COMMAND_WITHIN = 15_000;

/** How often a job was begun again. */
export interface Tries {
  /** Because it failed. */
  readonly retried: number;
  /** Because its worker was no longer heard of. */
  readonly stalled: number;
}

/** What became of a job. */
export type JobState =
  | { readonly kind: "open" }
  | ({ readonly kind: "answered"; readonly answer: unknown } & Tries)
  | { readonly kind: "failed"; readonly reason: string }
  /** The queue has lost it, or somebody has taken it out. */
  | { readonly kind: "missing" };

/** The name of the queue that has the jobs of a commit: workers of another one never see them. */
export function queueName(commit: string): string {
  return `commit-${commit}`;
}

/** The jobs of a commit, as whoever asks sees them. */
export class JobBoard {
  readonly #queue: Queue;

  constructor({ packages, options }: QueueConnection, commit: string) {
    const connection = { ...options, commandTimeout: COMMAND_WITHIN };
    this.#queue = new packages.bullmq.Queue(queueName(commit), { connection, prefix: PREFIX });
    // commands tell what does not work; without a listener, the process would end
    this.#queue.on("error", () => undefined);
  }

  /**
   * Adds a job, unless it is there already; one that has failed is tried again.
   *
   * @param priority - the lower, the sooner; jobs of the same priority keep their order
   */
  async add(job: QueueJob, priority: number): Promise<void> {
    const id = jobId(job);
    const known = await this.#job(id);
    if (known !== undefined && (await known.isFailed())) await known.remove();
    await this.#queue.add("shard", job, {
      jobId: id,
      priority,
      attempts: ATTEMPTS,
      backoff: { type: "exponential", delay: 1_000 },
      removeOnComplete: { age: KEPT_FOR },
      removeOnFail: { age: KEPT_FOR },
    });
  }

  async look(job: QueueJob): Promise<JobState> {
    const known = await this.#job(jobId(job));
    if (known === undefined) return { kind: "missing" };
    if (known.finishedOn === undefined) return { kind: "open" };
    if (await known.isFailed()) return { kind: "failed", reason: known.failedReason };
    return {
      kind: "answered",
      answer: known.returnvalue as unknown,
      retried: Math.max(0, known.attemptsMade - 1),
      stalled: known.stalledCounter,
    };
  }

  /** Takes out jobs that nobody has begun. */
  async withdraw(jobs: readonly QueueJob[]): Promise<void> {
    for (const job of jobs) {
      const known = await this.#job(jobId(job));
      // one that a worker has is locked, and cannot be removed
      if (known?.finishedOn === undefined) await known?.remove().catch(() => undefined);
    }
  }

  /** Removes jobs with their answers. */
  async remove(jobs: readonly QueueJob[]): Promise<void> {
    for (const job of jobs) await (await this.#job(jobId(job)))?.remove().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(() => undefined);
  }

  #job(id: string): Promise<Job | undefined> {
    return this.#queue.getJob(id);
  }
}
