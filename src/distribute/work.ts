import type { Hex } from "viem";

import type { ShardResults } from "../engine/shards/result.js";
import type { Answer } from "./answer.js";
import type { Job, QueueConnection } from "./connection.js";
import type { LifelineTimes } from "./lifeline.js";
import type { QueueJob } from "./queue-job.js";
import type { Presence } from "./registry.js";

import { issueText, quoted, reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

import { answerTo } from "./answer.js";
import { PREFIX } from "./connection.js";
import { ATTEMPTS, queueName } from "./job-board.js";
import { toReason } from "./job-error.js";
import { Lifeline } from "./lifeline.js";
import { queueJobSchema } from "./queue-job.js";
import { HEARTBEAT, leave, present } from "./registry.js";

/** A worker that is not heard of for `lock` has lost its job; one that computes is heard of until it is taken for hung. */
const TIMES: LifelineTimes = { lock: 12_000, every: HEARTBEAT, hung: 10 * 60_000 };

/** How often jobs of such workers are looked for, milliseconds. */
const STALLED_INTERVAL = 5_000;

/** Before an answer that did not reach the queue is sent again, milliseconds. */
const RETRY_DELAY = 1_000;

/** How often a job may be lost before it is taken for the reason. */
const MOST_STALLS = 20;

/** Before another worker may take what this one refuses, milliseconds. */
const REFUSED_FOR = 1_000;

const LOST = "a job was not heard of for too long, so another worker may play it, too; their answers are the same";

/** What a worker has done. */
export interface WorkDone {
  readonly jobs: number;
  /** Of the clock, while it played. */
  readonly seconds: number;
}

/** How a worker works. */
export interface Working {
  readonly presence: Presence;
  /** Shared with whoever asks; `undefined`: none is. */
  readonly secret: string | undefined;
  readonly signal: AbortSignal;
  /** After how many jobs it stops. Default: never. */
  readonly most: number | undefined;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** @throws SiegeError if this machine no longer has the code that it says it has */
  readonly requireCode: () => Promise<void>;
  /** Whether a file is part of the project's commit. */
  readonly isTracked: (file: string) => Promise<boolean>;
  /** @throws SiegeError if a snapshot is neither here nor shared */
  readonly requireSnapshot: (checksum: Hex) => Promise<void>;
  readonly play: (job: QueueJob) => Promise<ShardResults>;
  readonly tell: (message: string) => void;
}

/**
 * Plays jobs of a commit until it is told to stop. A job that this machine must not play goes back to the queue.
 *
 * @throws SiegeError why this machine can play no job any more
 */
export async function work(connection: QueueConnection, how: Working): Promise<WorkDone> {
  const worker = new CommitWorker(connection, how);
  return worker.run();
}

class CommitWorker {
  readonly #connection: QueueConnection;
  readonly #how: Working;
  readonly #toldOf = new Set<string>();
  #end: (() => void) | undefined;
  #fault: SiegeError | undefined;
  #jobs = 0;
  #seconds = 0;

  constructor(connection: QueueConnection, how: Working) {
    this.#connection = connection;
    this.#how = how;
  }

  async run(): Promise<WorkDone> {
    const { packages, options } = this.#connection;
    const { presence, signal } = this.#how;
    await this.#lookAround();
    const lifeline = await Lifeline.start(this.#connection, presence, TIMES, {
      lost: () => {
        this.#tellOnce(LOST);
      },
      broken: (error) => {
        this.#fault = new SiegeError("INTERNAL", {
          message: `What keeps a worker's job has failed: ${reasonOf(error)}.`,
          hint: "Start the worker again; if it happens again, please report it.",
          cause: error,
        });
        this.#end?.();
      },
    });
    const worker = new packages.bullmq.Worker<unknown, Answer>(
      queueName(presence.commit),
      async (job, token) => {
        if (job.id !== undefined && token !== undefined) lifeline.hold({ id: job.id, token });
        try {
          return await this.#process(job, token);
        } catch (error) {
          // it is the queue's again
          if (error instanceof packages.bullmq.DelayedError) lifeline.release(job.id);
          throw error;
        }
      },
      {
        connection: options,
        prefix: PREFIX,
        name: presence.name,
        concurrency: 1,
        lockDuration: TIMES.lock,
        skipLockRenewal: true,
        stalledInterval: STALLED_INTERVAL,
        runRetryDelay: RETRY_DELAY,
        maxStalledCount: MOST_STALLS,
      },
    );
    // until its answer is in the queue, it is kept; jobs of others fail here, too
    const release = (job: Job | undefined): void => {
      lifeline.release(job?.id);
    };
    worker.on("completed", release).on("failed", release);
    // it connects again by itself; a job that was lost meanwhile is played by whoever takes it
    worker.on("error", (error) => {
      const why = /\bjob\b/i.test(error.message)
        ? LOST
        : `waiting for the queue at ${this.#connection.host}: ${quoted(error.message)}`;
      this.#tellOnce(why);
    });
    const beat = setInterval(() => void this.#lookAround().catch(() => undefined), HEARTBEAT);
    try {
      await new Promise<void>((resolve) => {
        this.#end = resolve;
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
    } finally {
      clearInterval(beat);
      // waits for the job that is being played, which the same signal ends
      await worker.close().catch(() => undefined);
      await lifeline.close();
      await leave(this.#connection, "worker", presence).catch(() => undefined);
    }
    if (this.#fault !== undefined) throw this.#fault;
    return { jobs: this.#jobs, seconds: this.#seconds };
  }

  async #process(job: Job, token: string | undefined): Promise<Answer> {
    const { bullmq } = this.#connection.packages;
    const { play, presence, secret, signal, clock, most, tell } = this.#how;
    const asked = await this.#required(job, token);
    const { index, count } = asked.job.shard;
    const startedAt = clock();
    try {
      const results = await play(asked);
      const [shard] = results.shards;
      if (signal.aborted && shard?.cut?.reason === "interrupted") {
        await job.moveToDelayed(Date.now() + 1, token);
        throw new bullmq.DelayedError();
      }
      const fault = shard?.cut?.error;
      // a fault of a chain or of this machine may pass; the last attempt answers how far it came
      if (fault !== undefined && job.attemptsMade + 1 < ATTEMPTS) {
        throw new SiegeError(fault.code, fault);
      }
      this.#jobs++;
      this.#seconds += (clock() - startedAt) / 1000;
      tell(`job ${index}/${count} of ${quoted(asked.job.file)}, ${((clock() - startedAt) / 1000).toFixed(1)} s`);
      if (this.#jobs === most) this.#end?.();
      return await answerTo(asked, presence.name, results, secret);
    } catch (error) {
      if (error instanceof bullmq.DelayedError) throw error;
      tell(
        `job ${index}/${count} of ${quoted(asked.job.file)} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      const isPassing = SiegeError.isSiegeError(error) && error.policy === "infrastructure";
      throw isPassing ? new Error(toReason(error)) : new bullmq.UnrecoverableError(toReason(error));
    }
  }

  /** The job, if this machine may play it. */
  async #required(job: Job, token: string | undefined): Promise<QueueJob> {
    const { bullmq } = this.#connection.packages;
    const { presence, isTracked, requireCode, requireSnapshot, tell } = this.#how;
    const foreign = (why: string): Error => {
      const error = new SiegeError("QUEUE_FOREIGN_JOB", {
        message: `The queue has a job that is none of this project: ${why}.`,
        hint: "It was not played. Find out who else writes to the queue.",
      });
      tell(error.message);
      return new bullmq.UnrecoverableError(toReason(error));
    };
    const parsed = queueJobSchema.safeParse(job.data);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw foreign(issue === undefined ? "its content is wrong" : issueText(issue));
    }
    const asked = parsed.data;
    if (asked.commit !== presence.commit) throw foreign(`it is of commit ${asked.commit.slice(0, 12)}`);
    try {
      if (asked.release !== presence.release) {
        throw new SiegeError("QUEUE_OTHER_VERSION", {
          message: `The job is for hardhat-siege ${quoted(asked.release)}; this worker has ${presence.release}.`,
          hint: "Install what the project's lock file says: npm ci.",
        });
      }
      await requireCode();
      if (asked.snapshot !== undefined) await requireSnapshot(asked.snapshot);
    } catch (error) {
      if (!SiegeError.isSiegeError(error)) throw error;
      await this.#refuse(job, token, error);
      throw new bullmq.DelayedError();
    }
    if (!(await isTracked(asked.job.file))) throw foreign(`${quoted(asked.job.file)} is not in the commit`);
    return asked;
  }

  /** Puts a job back for others, and ends: the next one would be refused, too. */
  async #refuse(job: Job, token: string | undefined, why: SiegeError): Promise<void> {
    await job.moveToDelayed(Date.now() + REFUSED_FOR, token);
    this.#fault = why;
    this.#end?.();
  }

  /** Looks for campaigns that this worker cannot help with. */
  async #lookAround(): Promise<void> {
    const { presence } = this.#how;
    for (const { name, commit } of await present(this.#connection, "campaign")) {
      if (commit === presence.commit) continue;
      const { message } = new SiegeError("QUEUE_OTHER_COMMIT", {
        message: `The campaign ${quoted(name)} is of commit ${commit.slice(0, 12)}, and this worker has ${presence.commit.slice(0, 12)}: its jobs are not taken.`,
        hint: "Check out that commit and start a worker there.",
      });
      this.#tellOnce(message);
    }
  }

  #tellOnce(message: string): void {
    if (this.#toldOf.has(message)) return;
    this.#toldOf.add(message);
    this.#how.tell(message);
  }
}
