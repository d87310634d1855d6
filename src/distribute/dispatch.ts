import type { ShardResults } from "../engine/shards/result.js";
import type { QueueConnection } from "./connection.js";
import type { Tries } from "./job-board.js";
import type { QueueJob } from "./queue-job.js";
import type { Presence } from "./registry.js";
import type { Checking } from "./verified-results.js";

import { setTimeout } from "node:timers/promises";

import { quoted } from "../engine/reproduction/file-errors.js";
import { soFar, withoutFurther } from "../engine/shards/enough.js";
import { joinAll } from "../engine/shards/join.js";
import { SiegeError } from "../errors.js";

import { readAnswer, workerIn } from "./answer.js";
import { unreachable } from "./connection.js";
import { JobBoard } from "./job-board.js";
import { fromReason } from "./job-error.js";
import { announce, HEARTBEAT, leave, present } from "./registry.js";
import { VerifiedResults } from "./verified-results.js";

/** The most jobs of a campaign that are in the queue at a time, whoever else uses it. */
const WINDOW = 32;

/** Between two looks at the queue, milliseconds. */
const PAUSE = 250;

/** How long a server that has answered before may not answer, milliseconds. */
const PATIENCE = 10 * 60_000;

/** How long nobody may be there who takes the jobs before that is told, milliseconds. */
const LONELY = 10_000;

/** What a campaign in a queue has come to. */
export interface DispatchProgress {
  readonly finished: number;
  readonly jobs: number;
  /** That are there for its commit. */
  readonly workers: number;
  /** Seconds that workers have played, together. */
  readonly seconds: number;
}

/** What a campaign in a queue took. */
export interface QueueCost extends Tries {
  readonly jobs: number;
  /** Jobs that were played again here. */
  readonly rechecked: number;
  readonly workers: number;
  /** Of all workers together. */
  readonly seconds: number;
}

/** A campaign that was played in a queue. */
export interface Dispatched {
  /** Everything that was answered, joined; `undefined` if nothing was. */
  readonly all: ShardResults | undefined;
  /** What its verdict takes: the same, whoever was quick. */
  readonly results: ShardResults | undefined;
  /** Absent if the verdict needs nothing else. */
  readonly stopped?: "time limit" | "interrupted";
  readonly cost: QueueCost;
}

/** How a campaign is dispatched. */
export interface Dispatching extends Checking {
  readonly presence: Presence;
  readonly priority: number;
  /** Shared with workers whose answers need no check. */
  readonly secret: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Seconds. */
  readonly timeLimit: number | undefined;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  readonly progress: (progress: DispatchProgress) => void;
}

/**
 * Has a campaign's jobs played by whoever is at a queue, and joins what they answer. Jobs that were answered before, and not yet
 * merged, are not played again.
 *
 * @throws SiegeError `QUEUE_UNREACHABLE` if the server stays away; `MIXED_CAMPAIGNS` if workers play different campaigns; and what
 * playing a job throws
 */
export async function dispatch(
  connection: QueueConnection,
  jobs: readonly QueueJob[],
  how: Dispatching,
): Promise<Dispatched> {
  const board = new JobBoard(connection, how.presence.commit);
  const campaign = new Dispatch(connection, board, jobs, how);
  try {
    return await campaign.run();
  } finally {
    await leave(connection, "campaign", how.presence).catch(() => undefined);
    await board.close();
  }
}

class Dispatch {
  readonly #connection: QueueConnection;
  readonly #board: JobBoard;
  readonly #jobs: readonly QueueJob[];
  readonly #how: Dispatching;
  readonly #results: VerifiedResults;
  readonly #startedAt: number;
  readonly #tries = { retried: 0, stalled: 0 };
  #open: readonly QueueJob[] = [];
  #joined: ShardResults | undefined;
  #needed: ReadonlySet<number> | undefined;
  #isEnough = false;
  #workers = 0;
  #heardAt: number;
  #lonelySince: number | undefined;
  #toldOf = new Set<string>();
  #beatAt = -Infinity;

  constructor(connection: QueueConnection, board: JobBoard, jobs: readonly QueueJob[], how: Dispatching) {
    this.#connection = connection;
    this.#board = board;
    this.#jobs = jobs;
    this.#how = how;
    this.#results = new VerifiedResults(how);
    this.#startedAt = how.clock();
    this.#heardAt = this.#startedAt;
  }

  async run(): Promise<Dispatched> {
    let stopped: Dispatched["stopped"];
    try {
      while (!this.#isEnough) {
        stopped = this.#reasonToStop();
        if (stopped !== undefined) break;
        await this.#patiently(() => this.#step());
        await this.#rest();
      }
    } finally {
      // what others have begun is not wanted any more, or is fetched when this is run again
      await this.#board.withdraw(this.#open).catch(() => undefined);
    }
    if (stopped === undefined) await this.#board.remove(this.#jobs).catch(() => undefined);
    return {
      all: this.#joined,
      results: this.#joined === undefined ? undefined : withoutFurther(this.#joined),
      ...(stopped === undefined ? {} : { stopped }),
      cost: {
        jobs: this.#results.all.length,
        rechecked: this.#results.rechecked,
        workers: this.#results.workers,
        seconds: this.#seconds,
        ...this.#tries,
      },
    };
  }

  get #seconds(): number {
    return this.#results.all.flatMap(({ shards }) => shards).reduce((sum, { seconds }) => sum + seconds, 0);
  }

  #reasonToStop(): Dispatched["stopped"] {
    const { signal, timeLimit, clock } = this.#how;
    if (signal?.aborted === true) return "interrupted";
    return timeLimit !== undefined && clock() - this.#startedAt > timeLimit * 1000 ? "time limit" : undefined;
  }

  /** Until the next look at the queue; not once there is nothing to look for. */
  async #rest(): Promise<void> {
    if (!this.#isEnough) await setTimeout(PAUSE, undefined, { signal: this.#how.signal }).catch(() => undefined);
  }

  /** A server that is restarted has what it had before: it is waited for. */
  async #patiently(step: () => Promise<void>): Promise<void> {
    const { clock, tell } = this.#how;
    const { host } = this.#connection;
    try {
      await step();
      if (this.#toldOf.delete("silence")) tell(`the queue at ${host} is there again`);
      this.#heardAt = clock();
    } catch (error) {
      if (SiegeError.isSiegeError(error)) throw error;
      if (clock() - this.#heardAt > PATIENCE) throw unreachable(host, error);
      if (this.#toldOf.has("silence")) return;
      this.#toldOf.add("silence");
      tell(`waiting for the queue at ${host}, which does not answer; nothing is lost …`);
    }
  }

  async #step(): Promise<void> {
    await this.#beat();
    await this.#fill();
    for (const job of this.#open) {
      // an answer may have made the others superfluous
      if (!this.#open.includes(job)) continue;
      const state = await this.#board.look(job);
      if (state.kind === "failed") throw fromReason(state.reason, job.job.shard);
      if (state.kind === "missing") await this.#board.add(job, this.#how.priority);
      if (state.kind === "answered") {
        this.#tries.retried += state.retried;
        this.#tries.stalled += state.stalled;
        await this.#take(job, state.answer);
      }
    }
    this.#open = this.#open.filter((job) => !this.#results.has(job));
    const { length: finished } = this.#results.all;
    this.#how.progress({
      finished,
      jobs: this.#needed?.size ?? this.#jobs.length,
      workers: this.#workers,
      seconds: this.#seconds,
    });
  }

  /** In logical order, so that a finding of an early run ends the campaign early. */
  async #fill(): Promise<void> {
    for (const job of this.#jobs) {
      if (this.#open.length >= WINDOW) return;
      if (this.#open.includes(job) || this.#results.has(job) || !this.#isNeeded(job)) continue;
      await this.#board.add(job, this.#how.priority);
      this.#open = [...this.#open, job];
    }
  }

  #isNeeded({ job }: QueueJob): boolean {
    return this.#needed?.has(job.shard.index) ?? true;
  }

  async #take(job: QueueJob, answer: unknown): Promise<void> {
    try {
      await this.#results.take(job, await readAnswer(job, answer, this.#how.secret));
    } catch (error) {
      if (!SiegeError.isSiegeError(error) || error.code !== "QUEUE_ANSWER_INVALID") throw error;
      await this.#results.voidAll(workerIn(answer), error);
      await this.#results.playHere(job);
    }
    const named = this.#results.all.map((results) => ({ origin: this.#results.originOf(results), results }));
    [this.#joined] = joinAll(named);
    if (this.#joined === undefined) return;
    const { needed, isEnough } = soFar(this.#joined);
    this.#needed = needed;
    this.#isEnough = isEnough;
    const idle = this.#open.filter((open) => !this.#isNeeded(open));
    this.#open = this.#open.filter((open) => this.#isNeeded(open));
    await this.#board.withdraw(idle);
  }

  /** Says that somebody waits, and tells whoever waits who is there. */
  async #beat(): Promise<void> {
    const { clock, presence, tell } = this.#how;
    if (clock() - this.#beatAt < HEARTBEAT) return;
    this.#beatAt = clock();
    await announce(this.#connection, "campaign", presence);
    const there = await present(this.#connection, "worker");
    this.#workers = there.filter(({ commit }) => commit === presence.commit).length;
    if (this.#workers > 0) {
      this.#lonelySince = undefined;
      return;
    }
    this.#lonelySince ??= clock();
    if (clock() - this.#lonelySince < LONELY || this.#toldOf.has("lonely")) return;
    this.#toldOf.add("lonely");
    const others = there.map(({ name, commit }) => `${quoted(name)} has commit ${commit.slice(0, 12)}`);
    tell(
      others.length === 0
        ? `no worker is at the queue; start one for commit ${presence.commit.slice(0, 12)}: npx hardhat siege worker --queue …`
        : `no worker has commit ${presence.commit.slice(0, 12)}: ${others.slice(0, 3).join(", ")} [QUEUE_OTHER_COMMIT]`,
    );
  }
}
