/**
 * One campaign against a target of the bench, inside its project: `target-campaign.ts <scenario file> <seed> <a file for the
 * result>`.
 */
import type { HardhatUserConfig } from "hardhat/config";

import type { ScenarioFactory } from "../../src/scenario/define-scenario.js";
import type {} from "../../src/type-extensions.js";
import type { Measured } from "./measured.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

/** The most that a search may take; every target is found in fewer. */
const RUNS = 20_000;

/** Seconds. */
const LIMIT = 300;

const [scenarioFile = "", seed = "1", result = ""] = process.argv.slice(2);
const root = import.meta.dirname;
const file = path.join(root, "hardhat.config.ts");
const { default: config } = (await import(file)) as { readonly default: HardhatUserConfig };
const siege = { reproductions: `${result}.reproductions` };
const hre = await createHardhatRuntimeEnvironment({ ...config, siege }, { config: file }, root);
const connection = await hre.network.create();
const { default: factory } = (await import(path.join(root, scenarioFile))) as { readonly default: ScenarioFactory };
const { target, scenario } = await factory(connection);
const options = { seed: Number(seed), runs: RUNS, timeLimit: LIMIT };
const played = await connection.siege.run(target, scenario, options);
const { explaining, seconds } = played.cost;
const measured: Pick<Measured, "code" | "explaining" | "seconds"> = {
  code: played.kind === "violation" ? (played.finding.code ?? []) : undefined,
  explaining,
  seconds,
};
await writeFile(result, JSON.stringify(measured));
process.exit(0);
