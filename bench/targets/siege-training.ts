import type { HardhatUserConfig } from "hardhat/config";

import type { ScenarioFactory } from "../../src/scenario/define-scenario.js";
/**
 * One training of ours in a process of its own, inside the project: `siege-training.ts <what> <a folder>`. The outcome is written to
 * the folder as outcome.json.
 */
import type {} from "../../src/type-extensions.js";
import type { TrainResult } from "../../src/types.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

/** What train.ts asks for. */
interface AskedTraining {
  /** The scenario files, from the project's folder. */
  readonly scenarios: readonly string[];
  readonly runs: number;
  readonly stages: number;
  readonly seed: number;
}

/** The result, and CPU seconds, user and system. */
export interface Training extends TrainResult {
  readonly cpu: number;
}

const [json = "", folder = ""] = process.argv.slice(2);
const { scenarios, ...options } = JSON.parse(json) as AskedTraining;
const root = import.meta.dirname;
const file = path.join(root, "hardhat.config.ts");
const { default: config } = (await import(file)) as { readonly default: HardhatUserConfig };
const reproductions = path.join(folder, "reproductions");
const hre = await createHardhatRuntimeEnvironment({ ...config, siege: { reproductions } }, { config: file }, root);
const lessons = [];
for (const scenario of scenarios) {
  const connection = await hre.network.create();
  const { default: factory } = (await import(path.join(root, scenario))) as { default: ScenarioFactory };
  lessons.push({ ...(await factory(connection)), siege: connection.siege });
}
const [first] = lessons;
if (first === undefined) throw new Error("There is nothing to learn from.");
const start = process.cpuUsage();
const progress = (done: number, wanted: number): void => {
  process.stderr.write(`${done} of ${wanted} campaigns\n`);
};
const result = await first.siege.train(lessons, { ...options, progress });
const { user, system } = process.cpuUsage(start);
await writeFile(path.join(folder, "outcome.json"), JSON.stringify({ ...result, cpu: (user + system) / 1e6 }));
process.exit(0);
