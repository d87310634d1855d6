import type { ShardResults } from "../engine/shards/result.js";
import type { ReadAnswer } from "./answer.js";
import type { QueueJob } from "./queue-job.js";

import { randomInt } from "node:crypto";

import { quoted } from "../engine/reproduction/file-errors.js";
import { join } from "../engine/shards/join.js";
import { SiegeError } from "../errors.js";

/** How answers are checked. */
export interface Checking {
  /** The share of answers without a signature that are played again here, 0 to 1; if above 0, the first of each worker is. */
  readonly recheck: number;
  /** Plays a job on this machine. */
  readonly replay: (job: QueueJob) => Promise<ShardResults>;
  readonly tell: (message: string) => void;
}

interface Held {
  readonly job: QueueJob;
  readonly results: ShardResults;
  /** `undefined`: this machine. */
  readonly worker: string | undefined;
}

/** The unit in which a share is drawn. */
const PARTS = 1_000_000;

/** The results of a campaign's jobs as they come in. One false answer voids all of its worker's. */
export class VerifiedResults {
  readonly #checking: Checking;
  readonly #held = new Map<number, Held>();
  readonly #checked = new Set<string>();
  readonly #voided = new Set<string>();
  #rechecked = 0;

  constructor(checking: Checking) {
    this.#checking = checking;
  }

  /** What is there, by job, in logical order. */
  get all(): readonly ShardResults[] {
    return [...this.#held].sort(([a], [b]) => a - b).map(([, { results }]) => results);
  }

  has({ job }: QueueJob): boolean {
    return this.#held.has(job.shard.index);
  }

  /** Who a result is from, for errors. */
  originOf(results: ShardResults): string {
    const held = [...this.#held.values()].find((one) => one.results === results);
    const who = held?.worker === undefined ? "this machine" : `the worker ${quoted(held.worker)}`;
    return `job ${held?.job.job.shard.index ?? 0} of ${who}`;
  }

  /** Workers whose answers count. */
  get workers(): number {
    return new Set([...this.#held.values()].flatMap(({ worker }) => worker ?? [])).size;
  }

  get rechecked(): number {
    return this.#rechecked;
  }

  /** Takes an answer, or what this machine says in its place if it is false. */
  async take(job: QueueJob, { worker, results, isSigned }: ReadAnswer): Promise<void> {
    if (this.#voided.has(worker)) return this.playHere(job);
    if (isSigned || !this.#isDrawn(worker)) {
      this.#hold({ job, results, worker });
      return;
    }
    this.#checked.add(worker);
    this.#rechecked++;
    const mine = await this.#checking.replay(job);
    const difference = differenceOf(job, worker, results, mine);
    this.#hold(difference === undefined ? { job, results, worker } : { job, results: mine, worker: undefined });
    if (difference !== undefined) await this.voidAll(worker, difference);
  }

  /** Plays a job on this machine: who answers falsely once might be the next to take it. */
  async playHere(job: QueueJob): Promise<void> {
    this.#hold({ job, results: await this.#checking.replay(job), worker: undefined });
  }

  /** Plays everything again that a worker has answered. */
  async voidAll(worker: string, because: SiegeError): Promise<void> {
    this.#voided.add(worker);
    const others = [...this.#held.values()].filter((held) => held.worker === worker);
    this.#checking.tell(
      `${because.message} ${others.length === 0 ? "No other result" : `${others.length} other ${others.length === 1 ? "result" : "results"}`} of that worker counted; all of it is played here.`,
    );
    for (const { job } of others) await this.playHere(job);
  }

  #isDrawn(worker: string): boolean {
    const { recheck } = this.#checking;
    // nobody who answers knows which answers are drawn
    return recheck > 0 && (!this.#checked.has(worker) || randomInt(PARTS) < recheck * PARTS);
  }

  #hold(held: Held): void {
    this.#held.set(held.job.job.shard.index, held);
  }
}

function differenceOf(
  { job }: QueueJob,
  worker: string,
  theirs: ShardResults,
  mine: ShardResults,
): SiegeError | undefined {
  const { index, count } = job.shard;
  try {
    join({ origin: "theirs", results: theirs }, { origin: "mine", results: mine });
    return undefined;
  } catch (cause) {
    if (!SiegeError.isSiegeError(cause)) throw cause;
    return new SiegeError("QUEUE_RESULT_MISMATCH", {
      message: `The worker ${quoted(worker)} answered job ${index}/${count} with a result that differs from what this machine plays.`,
      hint: "Its results are void. Look at that machine: at its release, its compiler, and who may write to the queue.",
      cause,
    });
  }
}
