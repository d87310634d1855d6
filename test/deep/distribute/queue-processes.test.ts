import type { Ended, QueueProject, Running } from "../../helpers/queue-project.js";
import type { RedisServer } from "../../helpers/redis.js";

import { readFile, rm, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { Queue } from "bullmq";
import { expect } from "chai";

import { PREFIX } from "../../../src/distribute/connection.js";
import { queueName } from "../../../src/distribute/job-board.js";
import { queueProject } from "../../helpers/queue-project.js";
import { hasRedis, startRedis } from "../../helpers/redis.js";

/** Sixteen strands: something is always under way when a worker dies. */
const RUNS = 1_700;

/** One strand, so one job. */
const ONE_JOB = 64;

/** Between two deaths of a worker, milliseconds. */
const LIFE = 10_000;

/** How long it takes at most until a job is taken over, milliseconds, and what a busy machine may add. */
const TAKEN_OVER = 20_000;
const SLACK = 5_000;

/** How long a worker computes without a pause, seconds: more than a lock lasts. */
const BUSY = 40;

/** A job that a worker has played. */
const PLAYED = /: job \d+\/\d+ of \S+, [\d.]+ s\n/;

/** What is of the clock. */
const CLOCK = /"(seconds|searchSeconds|explaining)": [\d.e-]+/g;

const NAMES = ["capped", "rare", "busy"] as const;

type Name = (typeof NAMES)[number];

describe("a queue of processes", function () {
  this.timeout(3_600_000);

  let redis: RedisServer;
  let project: QueueProject;
  /** What one machine says, by scenario. */
  const alone = new Map<Name, Ended>();
  const started: Running[] = [];

  const runsOf = (name: Name): number => (name === "busy" ? ONE_JOB : RUNS);
  const scenario = (name: Name): readonly string[] => [`siege/${name}.scenario.ts`, "--runs", String(runsOf(name))];
  const forget = async (): Promise<void> => {
    for (const folder of ["reproductions", "shards"]) {
      await rm(path.join(project.root, "siege", folder), { recursive: true, force: true });
    }
  };
  const start = (args: readonly string[], env?: Readonly<Record<string, string>>): Running => {
    const running = project.hardhat(args, env);
    started.push(running);
    return running;
  };
  const run = (name: Name): Running =>
    start(["siege", "run", ...scenario(name), "--no-compile", "--json", "--queue", redis.url]);
  /** On one lane: several would share what the workers are to share. */
  const worker = (env?: Readonly<Record<string, string>>): Running =>
    start(["siege", "worker", "--no-compile", "--lanes", "1", "--queue", redis.url], env);
  const isThere = ({ said }: Running): Promise<void> => said(/at the queue/);
  const withoutClock = (text: string): string => text.replaceAll(CLOCK, "");

  before(async function () {
    if (!hasRedis()) this.skip();
    redis = await startRedis();
    project = await queueProject();
    for (const name of NAMES) {
      await start(["siege", "run", ...scenario(name), "--no-compile", "--shard", "1/1"]).ended;
      alone.set(name, await start(["siege", "merge", "--json"]).ended);
      await forget();
    }
  });
  after(async () => {
    await (project as QueueProject | undefined)?.close();
    await (redis as RedisServer | undefined)?.close();
  });
  afterEach(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.splice(0).map(({ ended }) => ended));
    await forget();
    // a job that a killed worker had would be the next one's
    await withQueue((queue) => queue.obliterate({ force: true }));
  });

  function saysWhatOneMachineSays(name: Name, { code, stdout, stderr }: Ended): void {
    const one = alone.get(name);
    expect(withoutClock(stdout), stderr).to.equal(withoutClock(one?.stdout ?? ""));
    expect(code).to.equal(one?.code);
    expect(code).to.equal(name === "rare" ? 1 : 0);
  }

  async function stopped(workers: readonly Running[]): Promise<void> {
    for (const { child } of workers) child.kill("SIGTERM");
    for (const { ended } of workers) {
      const { code, stderr } = await ended;
      expect(code, stderr).to.equal(0);
    }
  }

  describe("that nothing happens to", () => {
    /** Runs a second, by number of workers. */
    const rates = new Map<number, number>();

    for (const count of [1, 2]) {
      it(`says with ${count} ${count === 1 ? "worker" : "workers"} what one machine says`, async () => {
        const workers = Array.from({ length: count }, () => worker());
        await Promise.all(workers.map(isThere));
        saysWhatOneMachineSays("rare", await run("rare").ended);
        await forget();
        // everybody is warm, and told when the first job begins: what starts a command counts for nobody
        const asked = run("capped");
        const begun = await firstJobBegins();
        const ended = await asked.ended;
        rates.set(count, RUNS / ((performance.now() - begun) / 1_000));
        saysWhatOneMachineSays("capped", ended);
        await stopped(workers);
      });
    }

    after(() => {
      const [one, two] = [rates.get(1), rates.get(2)];
      if (one === undefined || two === undefined) return;
      const others = `${loadavg()[0]?.toFixed(1) ?? "?"} processes on average want to run on this machine`;
      console.log(
        `    1 worker ${one.toFixed(1)} runs/s, 2 workers ${two.toFixed(1)} runs/s: ${(two / one).toFixed(2)} x; ${others}`,
      );
    });
  });

  it(`says with 4 workers, of which one dies every ${LIFE / 1_000} seconds, what one machine says`, async () => {
    let deaths = 0;
    let takenOver = 0;
    for (const name of ["capped", "rare"] as const) {
      const workers = Array.from({ length: 4 }, () => worker());
      const asked = run(name);
      const over = new AbortController();
      const killing = (async () => {
        for (;;) {
          // on a busy machine, they would die before they have begun; whoever has played a job is at the next
          const [ready] = await Promise.race([
            Promise.all([
              Promise.any(workers.map((one, at) => one.said(PLAYED).then(() => at))),
              setTimeout(LIFE, undefined, { signal: over.signal }),
            ]),
            asked.ended.then(() => [undefined]),
          ]).catch(() => [undefined]);
          if (ready === undefined || over.signal.aborted) return;
          workers[ready]?.child.kill("SIGKILL");
          workers[ready] = worker();
          deaths++;
        }
      })();
      const ended = await asked.ended;
      over.abort();
      await killing;
      saysWhatOneMachineSays(name, ended);
      takenOver += Number(/, (\d+) taken over/.exec(ended.stderr)?.[1] ?? 0);
      for (const { child } of workers) child.kill("SIGKILL");
      await forget();
    }
    console.log(`    ${deaths} workers died, ${takenOver} jobs were taken over`);
    expect(takenOver).to.be.greaterThan(0);
  });

  it("loses nothing when Redis is killed in the middle, and when whoever asks is", async () => {
    const workers = [worker(), worker()];
    const first = run("capped");
    await Promise.any(workers.map(({ said }) => said(PLAYED)));
    await redis.restart();
    await Promise.any(workers.map(({ said }) => said(PLAYED, 3)));
    first.child.kill("SIGKILL");
    await first.ended;
    saysWhatOneMachineSays("capped", await run("capped").ended);
    await stopped(workers);
    const played = (await Promise.all(workers.map(({ ended }) => ended))).map(
      ({ stderr }) => [...stderr.matchAll(new RegExp(PLAYED, "g"))].length,
    );
    // what was answered before is not played again
    expect(played.reduce((sum, jobs) => sum + jobs, 0)).to.equal(16);
  });

  describe("with a worker that computes without a pause", () => {
    let log: string;

    beforeEach(() => {
      log = path.join(project.root, "cache", "begun");
    });
    afterEach(() => rm(log, { force: true }));

    const begun = async (): Promise<number> =>
      (await readFile(log, "utf8").catch(() => "")).split("\n").filter(Boolean).length;
    async function untilBegun(): Promise<void> {
      while ((await begun()) === 0) await setTimeout(50);
    }
    async function holder(workers: readonly Running[]): Promise<Running> {
      await untilBegun();
      const [pid] = (await readFile(log, "utf8")).split("\n");
      const found = workers.find(({ child }) => String(child.pid) === pid);
      if (found === undefined) throw new Error("nobody has begun");
      return found;
    }

    it("lets it finish its job, however long that takes", async () => {
      const workers = Array.from({ length: 2 }, () => worker({ SIEGE_TEST_BUSY: `${BUSY}`, SIEGE_TEST_LOG: log }));
      await Promise.all(workers.map(isThere));
      const ended = await run("busy").ended;
      saysWhatOneMachineSays("busy", ended);
      expect(ended.stderr).not.to.include("taken over").and.not.to.include("no worker");
      expect(await begun()).to.equal(1);
      await stopped(workers);
    });

    it("takes its job over within the stated time if it is killed", async () => {
      const workers = Array.from({ length: 2 }, () => worker({ SIEGE_TEST_BUSY: "60", SIEGE_TEST_LOG: log }));
      await Promise.all(workers.map(isThere));
      run("busy");
      (await holder(workers)).child.kill("SIGKILL");
      const waited = await untilTakenOver();
      console.log(`      taken over after ${(waited / 1_000).toFixed(1)} s`);
      expect(waited).to.be.lessThan(TAKEN_OVER + SLACK);
    });

    it("takes its job over if its machine sleeps, and knows that when it wakes up", async () => {
      const workers = Array.from({ length: 2 }, () => worker({ SIEGE_TEST_BUSY: "5", SIEGE_TEST_LOG: log }));
      await Promise.all(workers.map(isThere));
      const asked = run("busy");
      const asleep = await holder(workers);
      asleep.child.kill("SIGSTOP");
      await untilTakenOver();
      asleep.child.kill("SIGCONT");
      await asleep.said(/was not heard of for too long/);
      const ended = await asked.ended;
      saysWhatOneMachineSays("busy", ended);
      expect(ended.stderr).to.include("1 taken over");
      await stopped(workers);
    });

    /** @returns how long that took, milliseconds */
    async function untilTakenOver(): Promise<number> {
      const since = performance.now();
      await withQueue(async (queue) => {
        while ((await queue.getActive()).every(({ stalledCounter }) => stalledCounter === 0)) await setTimeout(50);
      });
      return performance.now() - since;
    }
  });

  it("plays only what is committed, on both sides", async () => {
    await writeFile(path.join(project.root, "siege", "new.scenario.ts"), "export default 1;\n");
    const [asked, working] = [run("capped"), worker()];
    for (const { code, stderr } of [await asked.ended, await working.ended]) {
      expect(code).to.equal(2);
      expect(stderr).to.include("[QUEUE_UNCOMMITTED]").and.to.include("new.scenario.ts");
    }
    await rm(path.join(project.root, "siege", "new.scenario.ts"));
  });

  /** @returns when that was */
  async function firstJobBegins(): Promise<number> {
    await withQueue(async (queue) => {
      while ((await queue.getActiveCount()) === 0) await setTimeout(20);
    });
    return performance.now();
  }

  async function withQueue(body: (queue: Queue) => Promise<void>): Promise<void> {
    const commit = project.git("rev-parse", "HEAD").trim();
    const queue = new Queue(queueName(commit), { connection: { url: redis.url }, prefix: PREFIX });
    try {
      await body(queue);
    } finally {
      await queue.close();
    }
  }
});
