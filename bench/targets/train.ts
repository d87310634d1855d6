/**
 * `node --import tsx/esm bench/targets/train.ts --out policy.json`: trains a policy on the targets that were not set aside. Its
 * package has to be built.
 */
import type { Training } from "./siege-training.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { compile } from "./hardhat.js";
import { runInProject } from "./process.js";
import { hardhatProject } from "./project.js";
import { SET_ASIDE } from "./set-aside.js";
import { buildOf } from "./siege.js";
import { targetsIn } from "./target.js";

const ROOT = path.resolve(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "policy.json" },
    package: { type: "string", default: process.env.BENCH_PACKAGE ?? ROOT },
    only: { type: "string" },
    runs: { type: "string", default: "64" },
    stages: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
  },
});
const packageRoot = path.resolve(values.package);
const all = await targetsIn(import.meta.dirname);
const only = values.only?.split(",");
const targets = all.filter(({ name }) => !SET_ASIDE.includes(name) && (only?.includes(name) ?? true));
const project = await hardhatProject(packageRoot, await buildOf(packageRoot), import.meta.dirname, all);
await compile(project);
const training: Training = await runInProject(project, "siege-training.ts", {
  scenarios: targets.map(({ name }) => `contracts/${name}/flawed.scenario.ts`),
  runs: Number(values.runs),
  stages: Number(values.stages),
  seed: Number(values.seed),
});
await writeFile(values.out, `${JSON.stringify(training.policy, undefined, 2)}\n`);
for (const { stage, target, runs, found } of training.campaigns) {
  console.log(`stage ${stage} ${target}: ${found ? "broken" : "survived"} after ${runs} runs`);
}
console.log(`${values.out}: ${training.cpu.toFixed(0)} CPU s`);
