import type { QueueConnection } from "./connection.js";
import type { Presence } from "./registry.js";

import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { besideFile, loaders } from "../engine/beside.js";

/** How often a worker that computes is asked whether it does, milliseconds. */
const ALIVE_EVERY = 1_000;

/** A job that a worker has. */
export interface HeldJob {
  readonly id: string;
  /** What shows that it is this worker's. */
  readonly token: string;
}

/** How long things last, milliseconds. */
export interface LifelineTimes {
  /** How long a job stays a worker's that is no longer heard of. */
  readonly lock: number;
  /** How often a worker is heard of. */
  readonly every: number;
  /** After how long a worker that only computes is taken for one that has hung. */
  readonly hung: number;
}

/** What the thread begins with. */
export interface LifelineData extends LifelineTimes {
  /** Of the server. */
  readonly url: string;
  readonly presence: Presence;
}

/** What the thread is told. */
export type ToLifeline =
  | { readonly kind: "alive" }
  | { readonly kind: "holds"; readonly job: HeldJob }
  | { readonly kind: "releases"; readonly id: string };

/** What the thread tells. */
export type FromLifeline = { readonly kind: "there" } | { readonly kind: "lost"; readonly id: string };

/** Who is told what became of a lifeline. */
export interface LifelineEvents {
  /** The job belongs to nobody any more, or to somebody else. */
  readonly lost: (id: string) => void;
  /** The thread has ended by itself. */
  readonly broken: (error: unknown) => void;
}

/**
 * Says that a worker is there and keeps its job, from a thread of its own: while the worker's thread computes, no timer of its runs,
 * and a job that nobody renews is given to another worker. The thread ends with the process, however that ends.
 */
export class Lifeline {
  readonly #thread: Worker;
  readonly #beat: NodeJS.Timeout;
  #isClosing = false;

  private constructor(thread: Worker) {
    this.#thread = thread;
    this.#beat = setInterval(() => {
      this.#tell({ kind: "alive" });
    }, ALIVE_EVERY);
  }

  /** Starts the thread; the worker is there once this resolves. */
  static async start(
    { options }: Pick<QueueConnection, "options">,
    presence: Presence,
    times: LifelineTimes,
    { lost, broken }: LifelineEvents,
  ): Promise<Lifeline> {
    const workerData: LifelineData = { url: options.url, presence, ...times };
    const thread = new Worker(besideFile(import.meta.dirname, "lifeline-thread"), {
      workerData,
      execArgv: [...loaders()],
    });
    // rejects if the thread ends with an error before
    await once(thread, "message");
    const lifeline = new Lifeline(thread);
    thread.on("message", (message: FromLifeline) => {
      if (message.kind === "lost") lost(message.id);
    });
    thread.on("error", broken);
    thread.on("exit", () => {
      if (!lifeline.#isClosing) broken(new Error("its thread has ended"));
    });
    return lifeline;
  }

  /** Keeps this job from now on. */
  hold(job: HeldJob): void {
    this.#tell({ kind: "holds", job });
  }

  /** Keeps this job no longer. */
  release(id: string | undefined): void {
    if (id !== undefined) this.#tell({ kind: "releases", id });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#beat);
    await this.#thread.terminate();
  }

  #tell(message: ToLifeline): void {
    this.#thread.postMessage(message);
  }
}
