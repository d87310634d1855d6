import type { Ended, QueueProject, Running } from "../../helpers/queue-project.js";
import type { RedisServer } from "../../helpers/redis.js";

import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { expect } from "chai";

import { queueProject } from "../../helpers/queue-project.js";
import { hasRedis, startRedis } from "../../helpers/redis.js";

/** A dozen strands and more: something is always under way when a worker dies. */
const RUNS = "1700";

/** Between two deaths of a worker, milliseconds. */
const LIFE = 15_000;

/** What is of the clock. */
const CLOCK = /"(seconds|searchSeconds|explaining)": [\d.e-]+/g;

describe("a queue of processes", function () {
  this.timeout(3_600_000);

  let redis: RedisServer;
  let project: QueueProject;
  /** What one machine says, by scenario. */
  const alone = new Map<string, Ended>();

  const scenario = (name: string): string => `siege/${name}.scenario.ts`;
  const options = ["--no-compile", "--runs", RUNS, "--json"];

  const forget = async (): Promise<void> => {
    for (const folder of ["reproductions", "shards"]) {
      await rm(path.join(project.root, "siege", folder), { recursive: true, force: true });
    }
  };
  const run = (name: string): Running =>
    project.hardhat(["siege", "run", scenario(name), ...options, "--queue", redis.url]);
  const worker = (): Running => project.hardhat(["siege", "worker", "--no-compile", "--queue", redis.url]);
  const withoutClock = (text: string): string => text.replaceAll(CLOCK, "");

  before(async function () {
    if (!hasRedis()) this.skip();
    redis = await startRedis();
    project = await queueProject();
    for (const name of ["capped", "rare"]) {
      await project.hardhat(["siege", "run", scenario(name), "--no-compile", "--runs", RUNS, "--shard", "1/1"]).ended;
      alone.set(name, await project.hardhat(["siege", "merge", "--json"]).ended);
      await forget();
    }
  });
  after(async () => {
    await (project as QueueProject | undefined)?.close();
    await (redis as RedisServer | undefined)?.close();
  });
  afterEach(forget);

  function saysWhatOneMachineSays(name: string, { code, stdout, stderr }: Ended): void {
    const one = alone.get(name);
    expect(withoutClock(stdout), stderr).to.equal(withoutClock(one?.stdout ?? ""));
    expect(code).to.equal(one?.code);
  }

  for (const count of [1, 2, 4]) {
    it(`says with ${count} ${count === 1 ? "worker" : "workers"}, of which one dies every few seconds, what one machine says`, async () => {
      for (const name of ["capped", "rare"]) {
        const workers = Array.from({ length: count }, worker);
        const asked = run(name);
        const over = new AbortController();
        const killing = (async () => {
          for (let turn = 0; ; turn++) {
            await setTimeout(LIFE, undefined, { signal: over.signal }).catch(() => undefined);
            if (over.signal.aborted) return;
            const at = turn % count;
            workers[at]?.child.kill("SIGKILL");
            workers[at] = worker();
          }
        })();
        const ended = await asked.ended;
        over.abort();
        saysWhatOneMachineSays(name, ended);
        for (const { child } of workers) child.kill("SIGKILL");
        await killing;
        for (const { child } of workers) child.kill("SIGKILL");
        await forget();
      }
    });
  }

  it("loses nothing when Redis is killed in the middle, and when whoever asks is", async () => {
    const workers = [worker(), worker()];
    const first = run("capped");
    await setTimeout(LIFE);
    await redis.restart();
    await setTimeout(LIFE);
    first.child.kill("SIGKILL");
    await first.ended;
    saysWhatOneMachineSays("capped", await run("capped").ended);
    for (const { child } of workers) child.kill("SIGTERM");
    for (const { ended } of workers) expect((await ended).code).to.equal(0);
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
});
