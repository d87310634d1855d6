/**
 * The peers' half of the benchmark: `node --import tsx/esm bench/peers/main.ts` prints one JSON document.
 * BENCH_SEEDS=10, BENCH_SAMPLES=5, BENCH_TWIN_RUNS=1000.
 */
import type { FixtureName, ThroughputOptions, TimeToViolation, Workload } from "./measures.js";

import { availableParallelism } from "node:os";

import { machine } from "../machine.js";
import { summarise } from "../samples.js";

import { forgeThroughput, forgeTimeToViolation, forgeTwinSurvives, prepareForge } from "./forge.js";
import { hardhatThroughput, hardhatTimeToViolation, hardhatTwinSurvives, prepareHardhat } from "./hardhat-solidity.js";
import { FIXTURE_NAMES, WORKLOADS } from "./measures.js";

interface Peer {
  readonly prepare: () => Promise<void>;
  readonly throughput: (workload: Workload, options: ThroughputOptions) => Promise<number[]>;
  readonly timeToViolation: (fixture: FixtureName, seed: number) => Promise<TimeToViolation>;
  readonly twinSurvives: (fixture: FixtureName, runs: number) => Promise<boolean>;
}

const PEERS: Readonly<Record<string, Peer>> = {
  forge: {
    prepare: prepareForge,
    throughput: forgeThroughput,
    timeToViolation: forgeTimeToViolation,
    twinSurvives: forgeTwinSurvives,
  },
  hardhat: {
    prepare: prepareHardhat,
    throughput: hardhatThroughput,
    timeToViolation: hardhatTimeToViolation,
    twinSurvives: hardhatTwinSurvives,
  },
};

const SEEDS = Number(process.env.BENCH_SEEDS ?? 10);
const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 5);
const TWIN_RUNS = Number(process.env.BENCH_TWIN_RUNS ?? 1_000);

const results: Record<string, unknown> = { machine: await machine() };
for (const [name, peer] of Object.entries(PEERS)) {
  console.error(name);
  await peer.prepare();
  const rates: Record<string, unknown> = {};
  for (const workload of WORKLOADS) {
    for (const workers of new Set([1, availableParallelism()])) {
      const samples = await peer.throughput(workload, { workers, samples: SAMPLES });
      rates[`${workload}, ${String(workers)} at once`] = { ...summarise(samples), values: samples };
      console.error(`  ${workload}, ${String(workers)} at once`);
    }
  }
  const violations: Record<string, unknown> = {};
  for (const fixture of FIXTURE_NAMES) {
    const campaigns: TimeToViolation[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) campaigns.push(await peer.timeToViolation(fixture, seed));
    const found = campaigns.filter((campaign) => campaign.found);
    violations[fixture] = {
      found: `${found.length} of ${SEEDS}`,
      seconds: summarise(found.map(({ seconds }) => seconds)),
      calls: summarise(found.map(({ calls }) => calls)),
      steps: summarise(found.map(({ steps }) => steps)),
      events: summarise(found.map(({ events }) => events)),
      shrinkSeconds: summarise(found.map(({ shrinkSeconds }) => shrinkSeconds)),
      twinSurvives: await peer.twinSurvives(fixture, TWIN_RUNS),
      campaigns,
    };
    console.error(`  ${fixture}`);
  }
  results[name] = { throughput: rates, timeToViolation: violations };
}
console.log(JSON.stringify(results, undefined, 2));
