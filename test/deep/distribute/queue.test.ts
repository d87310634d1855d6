import type { NetworkConnection } from "hardhat/types/network";

import type { Dispatched, Dispatching } from "../../../src/distribute/dispatch.js";
import type { QueueJob } from "../../../src/distribute/queue-job.js";
import type { WorkDone, Working } from "../../../src/distribute/work.js";
import type { ShardResults } from "../../../src/engine/shards/result.js";
import type { RedisServer } from "../../helpers/redis.js";

import { setTimeout } from "node:timers/promises";

import { Queue, Worker } from "bullmq";
import { expect } from "chai";
import { Redis } from "ioredis";

import { connectQueue, PREFIX } from "../../../src/distribute/connection.js";
import { dispatch } from "../../../src/distribute/dispatch.js";
import { queueName } from "../../../src/distribute/job-board.js";
import { Lifeline } from "../../../src/distribute/lifeline.js";
import { jobId, jobsOf } from "../../../src/distribute/queue-job.js";
import { work } from "../../../src/distribute/work.js";
import { toJson } from "../../../src/engine/json.js";
import { SiegeError } from "../../../src/errors.js";
import { SiegeImplementation } from "../../../src/plugin/siege-implementation.js";
import capped from "../../fixture-projects/shell/siege/capped.scenario.js";
import rare from "../../fixture-projects/shell/siege/rare.scenario.js";
import { failsWith } from "../../helpers/errors.js";
import { hasRedis, startRedis } from "../../helpers/redis.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

const COMMIT = "c".repeat(40);
const RELEASE = "0.1.0";

/** Four strands. */
const RUNS = 256;

const ORIGIN = { release: RELEASE, commit: COMMIT, network: "default", day: "2026-03-01", explain: false };

const JOBS: Readonly<Record<"capped" | "rare", readonly QueueJob[]>> = {
  capped: jobsNamed("capped"),
  rare: jobsNamed("rare"),
};

function jobsNamed(name: string, commit = COMMIT): readonly QueueJob[] {
  const file = `siege/${name}.scenario.ts`;
  return jobsOf({ ...ORIGIN, commit }, { version: 1, file, seed: 1, runs: RUNS, findings: 1, executor: "batched" });
}

describe("a queue on Redis", () => {
  let redis: RedisServer;
  /** What each job's shard really says: it is played once. */
  const played = new Map<string, ShardResults>();

  before(async function () {
    if (!hasRedis()) {
      this.skip();
    }
    redis = await startRedis();
    const hre = await shellEnvironment({ siege: { reproductions: "siege/none" } });
    for (const [name, factory] of [
      ["capped", capped],
      ["rare", rare],
    ] as const) {
      for (const job of JOBS[name]) {
        const initialDate = new Date("2026-03-01");
        const connection = await hre.network.create({ override: { initialDate } });
        played.set(jobId(job), await playOn(connection, job, factory));
        await connection.close();
      }
    }
  });
  after(() => (redis as RedisServer | undefined)?.close());
  beforeEach(async () => {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  });

  async function playOn(connection: NetworkConnection, { job }: QueueJob, factory: typeof capped) {
    const { target, scenario } = await factory(connection);
    const { siege } = connection;
    if (!(siege instanceof SiegeImplementation)) throw new Error("the connection has another siege");
    const { file, shard, runs, seed, findings, executor } = job;
    const options = { runs, seed, findings, executor, explain: false, lanes: 1 };
    return siege.playShard(target, scenario, { file, shard, options }, async () => undefined);
  }

  const answer = (job: QueueJob): ShardResults => {
    const results = played.get(jobId(job));
    if (results === undefined) throw new Error("a job that was never played");
    return results;
  };

  /** A worker, until it is stopped or ends by itself. */
  function worker(name: string, how: Partial<Working> = {}): { stop(): Promise<WorkDone>; readonly said: string[] } {
    const controller = new AbortController();
    const said: string[] = [];
    const done = (async () => {
      const connection = await connectQueue(redis.url);
      try {
        return await work(connection, {
          presence: { name, commit: COMMIT, release: RELEASE },
          secret: undefined,
          signal: controller.signal,
          most: undefined,
          clock: () => performance.now(),
          requireCode: async () => undefined,
          isTracked: async () => true,
          requireSnapshot: async () => undefined,
          play: async (job) => answer(job),
          tell: (message) => said.push(message),
          ...how,
        });
      } finally {
        await connection.close();
      }
    })();
    done.catch(() => undefined);
    return {
      said,
      stop: () => {
        controller.abort();
        return done;
      },
    };
  }

  async function ask(
    jobs: readonly QueueJob[],
    how: Partial<Dispatching> = {},
  ): Promise<{ readonly dispatched: Dispatched; readonly said: readonly string[] }> {
    const connection = await connectQueue(redis.url);
    const said: string[] = [];
    try {
      const dispatched = await dispatch(connection, jobs, {
        presence: { name: "asking", commit: COMMIT, release: RELEASE },
        priority: 50,
        secret: undefined,
        recheck: 0,
        replay: async (job) => answer(job),
        signal: undefined,
        timeLimit: undefined,
        clock: () => performance.now(),
        progress: () => undefined,
        tell: (message) => said.push(message),
        ...how,
      });
      return { dispatched, said };
    } finally {
      await connection.close();
    }
  }

  /** The results of all jobs, in order. */
  const expected = (name: "capped" | "rare"): readonly unknown[] => JOBS[name].flatMap((job) => answer(job).shards);

  it("has every job of a campaign played, whoever plays it", async () => {
    const workers = [worker("one"), worker("two")];
    const { dispatched } = await ask(JOBS.capped);
    expect(toJson(dispatched.results?.shards)).to.equal(toJson(expected("capped")));
    expect(dispatched.cost).to.include({ jobs: 4, retried: 0, rechecked: 0 });
    const done = await Promise.all(workers.map((one) => one.stop()));
    expect(done.reduce((sum, { jobs }) => sum + jobs, 0)).to.equal(4);
  });

  it("ends a campaign with the first finding, whatever later jobs say", async () => {
    const one = worker("one");
    const { dispatched } = await ask(JOBS.rare);
    const last = dispatched.results?.shards.at(-1);
    expect(last?.strands.some(({ met }) => met.length > 0)).to.equal(true);
    expect(toJson(dispatched.results?.shards)).to.equal(toJson(expected("rare").slice(0, last?.index)));
    await one.stop();
  });

  it("goes on with what was played when a campaign is run again", async () => {
    const first = worker("first", { most: 2 });
    const stopped = await ask(JOBS.capped, { timeLimit: 15 });
    expect(stopped.dispatched.stopped).to.equal("time limit");
    expect((await first.stop()).jobs).to.equal(2);
    const second = worker("second");
    const { dispatched } = await ask(JOBS.capped);
    expect(toJson(dispatched.results?.shards)).to.equal(toJson(expected("capped")));
    expect((await second.stop()).jobs).to.equal(2);
  });

  it("tries a job again that met a fault of the chain, and ends with the error of a scenario", async () => {
    let faults = 0;
    const flaky = worker("flaky", {
      play: async (job) => {
        if (job.job.shard.index === 2 && faults++ === 0)
          throw new SiegeError("RPC_FAILED", { message: "no.", hint: "no." });
        return answer(job);
      },
    });
    const { dispatched } = await ask(JOBS.capped);
    expect(dispatched.cost.retried).to.equal(1);
    await flaky.stop();
    const wrong = worker("wrong", {
      play: async () => {
        throw new SiegeError("BROKEN_AT_START", { message: "It is broken.", hint: "Fix it." });
      },
    });
    const error = await failsWith("BROKEN_AT_START", () => ask(JOBS.rare));
    expect(error.summary).to.equal("It is broken.");
    await wrong.stop();
  });

  it("gives back the job of a worker that is stopped", async () => {
    const controller = new AbortController();
    const slow = worker("slow", {
      play: async (job) => {
        await setTimeout(60_000, undefined, { signal: controller.signal }).catch(() => undefined);
        const { shards, ...rest } = answer(job);
        return { ...rest, shards: shards.map((shard) => ({ ...shard, cut: { reason: "interrupted" as const } })) };
      },
    });
    const asked = ask(JOBS.capped);
    await setTimeout(2_000);
    const stopped = slow.stop();
    controller.abort();
    expect((await stopped).jobs).to.equal(0);
    const quick = worker("quick");
    expect((await asked).dispatched.cost.jobs).to.equal(4);
    expect((await quick.stop()).jobs).to.equal(4);
  });

  it("plays again what a worker said that answers falsely once", async () => {
    const liar = worker("liar", {
      play: async (job) => {
        const { shards, ...rest } = answer(job);
        const strands = shards[0]!.strands.map((strand) => ({ ...strand, discarded: strand.discarded + 1 }));
        return { ...rest, shards: [{ ...shards[0]!, strands }] };
      },
    });
    const trusting = await ask(JOBS.capped);
    expect(toJson(trusting.dispatched.results?.shards)).to.not.equal(toJson(expected("capped")));
    const { dispatched, said } = await ask(JOBS.capped, { recheck: 0.1 });
    expect(toJson(dispatched.results?.shards)).to.equal(toJson(expected("capped")));
    expect(said.join("\n")).to.include("[QUEUE_RESULT_MISMATCH]").and.to.include("liar");
    // and of one that has the secret, nothing is checked
    await liar.stop();
    const trusted = worker("trusted", { secret: "s3cret" });
    const signed = await ask(JOBS.rare, { secret: "s3cret", recheck: 1 });
    expect(signed.dispatched.cost.rechecked).to.equal(0);
    const unsigned = await ask(JOBS.capped, { secret: "another", recheck: 1 });
    expect(unsigned.dispatched.cost.rechecked).to.equal(4);
    await trusted.stop();
  });

  it("plays nothing that is no job of the project", async () => {
    const asked: string[] = [];
    const one = worker("one", {
      isTracked: async (file) => !file.includes("absent"),
      play: async (job) => {
        asked.push(job.job.file);
        return answer(job);
      },
    });
    const queue = new Queue(queueName(COMMIT), { connection: { url: redis.url }, prefix: PREFIX });
    const [job] = JOBS.capped;
    const foreign: readonly unknown[] = [
      { command: "rm -rf /" },
      { ...job, job: { ...job!.job, file: "../other/siege/x.scenario.ts" } },
      { ...job, job: { ...job!.job, file: "hardhat.config.ts" } },
      { ...job, job: { ...job!.job, file: "siege/absent.scenario.ts" } },
      { ...job, commit: "d".repeat(40) },
      { ...job, version: 9 },
    ];
    for (const data of foreign) await queue.add("shard", data, { attempts: 3 });
    const { dispatched } = await ask(JOBS.capped);
    expect(dispatched.cost.jobs).to.equal(4);
    while ((await queue.getFailedCount()) < foreign.length) await setTimeout(100);
    await one.stop();
    await queue.close();
    expect(one.said.filter((message) => message.includes("[QUEUE_FOREIGN_JOB]"))).to.have.lengthOf(foreign.length);
    expect(new Set(asked)).to.deep.equal(new Set(["siege/capped.scenario.ts"]));
  });

  it("gives a job back whose worker has no longer the code, which ends the worker", async () => {
    const dirty = worker("dirty", {
      requireCode: async () => {
        throw new SiegeError("QUEUE_UNCOMMITTED", { message: "It differs.", hint: "Commit." });
      },
    });
    const old = worker("old", { presence: { name: "old", commit: COMMIT, release: "0.0.9" } });
    const asked = ask(JOBS.capped);
    await setTimeout(3_000);
    await failsWith("QUEUE_UNCOMMITTED", () => dirty.stop());
    await failsWith("QUEUE_OTHER_VERSION", () => old.stop());
    const clean = worker("clean");
    expect((await asked).dispatched.cost.jobs).to.equal(4);
    await clean.stop();
  });

  it("tells both sides of another commit, whose jobs are left alone", async () => {
    const other = worker("other", { presence: { name: "other", commit: "d".repeat(40), release: RELEASE } });
    const { dispatched, said } = await ask(JOBS.capped, { timeLimit: 14 });
    expect(dispatched).to.include({ stopped: "time limit", results: undefined });
    expect(said.join("\n")).to.include("[QUEUE_OTHER_COMMIT]").and.to.include("other");
    expect((await other.stop()).jobs).to.equal(0);
    expect(other.said.join("\n")).to.include("[QUEUE_OTHER_COMMIT]");
  });

  it("waits for a server that is killed, and loses nothing", async () => {
    const one = worker("one", {
      play: async (job) => {
        await setTimeout(1_500);
        return answer(job);
      },
    });
    const asked = ask(JOBS.capped);
    await setTimeout(2_500);
    await redis.kill();
    await setTimeout(2_000);
    await redis.start();
    const { dispatched } = await asked;
    expect(toJson(dispatched.results?.shards)).to.equal(toJson(expected("capped")));
    await one.stop();
  });

  it("keeps the job of a worker that computes, but not for ever", async () => {
    const connection = await connectQueue(redis.url);
    const settings = { connection: { url: redis.url }, prefix: PREFIX };
    const queue = new Queue(queueName(COMMIT), settings);
    const taker = new Worker(queueName(COMMIT), null, { ...settings, lockDuration: 1_500, skipLockRenewal: true });
    const lost: string[] = [];
    const presence = { name: "computing", commit: COMMIT, release: RELEASE };
    const lifeline = await Lifeline.start(
      connection,
      presence,
      { lock: 1_500, every: 300, hung: 4_000 },
      {
        lost: (id) => lost.push(id),
        broken: (error) => {
          throw error;
        },
      },
    );
    const lockOf = (id: string): Promise<string | null> =>
      connection.redis.get(`${PREFIX}:${queueName(COMMIT)}:${id}:lock`);
    const compute = (milliseconds: number): void => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    };
    try {
      await queue.add("shard", {}, { jobId: "one" });
      const job = await taker.getNextJob("token", { block: false });
      lifeline.hold({ id: job.id!, token: "token" });
      compute(3_000);
      expect(await lockOf("one")).to.equal("token");
      compute(8_000);
      expect(await lockOf("one")).to.equal(null);
      while (lost.length === 0) await setTimeout(50);
      expect(lost).to.deep.equal(["one"]);
    } finally {
      await lifeline.close();
      await taker.close();
      await queue.close();
      await connection.close();
    }
  });

  it("is refused if it cannot be reached, or is of another version", async () => {
    await failsWith("INVALID_OPTION", () => connectQueue("http://127.0.0.1"));
    const secret = "redis://:hunter2@127.0.0.1:1";
    const error = await failsWith("QUEUE_UNREACHABLE", () => connectQueue(secret));
    expect(error.message).to.include("127.0.0.1:1").and.not.to.include("hunter2");
    const client = new Redis(redis.url);
    await client.set(`${PREFIX}:version`, "9");
    client.disconnect();
    await failsWith("QUEUE_OTHER_VERSION", () => connectQueue(redis.url));
  });
});
