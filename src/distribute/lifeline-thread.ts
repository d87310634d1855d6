// The thread that keeps the job of a worker which computes; see lifeline.ts.
import type { FromLifeline, HeldJob, LifelineData, ToLifeline } from "./lifeline.js";

import { setTimeout } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

import { Job, Queue } from "bullmq";
import { Redis } from "ioredis";

import { PREFIX } from "./connection.js";
import { queueName } from "./job-board.js";
import { announce } from "./registry.js";

// only lifeline.ts is on the other side
const { url, presence, lock, every, hung } = workerData as LifelineData;

const connection = { maxRetriesPerRequest: null, retryStrategy: () => 500 };
const redis = new Redis(url, connection);
const queue = new Queue(queueName(presence.commit), { connection: { url, ...connection }, prefix: PREFIX });
// what does not answer is waited for; without a listener, the thread would end
for (const emitter of [redis, queue]) emitter.on("error", () => undefined);

let held: HeldJob | undefined;
let aliveAt = performance.now();

parentPort?.on("message", (message: ToLifeline) => {
  aliveAt = performance.now();
  if (message.kind === "holds") held = message.job;
  if (message.kind === "releases" && held?.id === message.id) held = undefined;
});

function tell(message: FromLifeline): void {
  parentPort?.postMessage(message);
}

async function keep(job: HeldJob): Promise<void> {
  const known = await Job.fromId(queue, job.id);
  const isKept = known !== undefined && (await known.extendLock(job.token, lock)) === 1;
  // it may have been finished meanwhile
  if (isKept || held?.id !== job.id) return;
  held = undefined;
  tell({ kind: "lost", id: job.id });
}

await announce({ redis }, "worker", presence);
tell({ kind: "there" });
for (;;) {
  await setTimeout(every);
  if (performance.now() - aliveAt > hung) continue;
  try {
    await announce({ redis }, "worker", presence);
    if (held !== undefined) await keep(held);
  } catch {
    // the server is being restarted: the next time, or the job is another worker's
  }
}
