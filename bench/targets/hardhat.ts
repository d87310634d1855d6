import type { Outcome, Runner } from "./campaign.js";
import type { Asked } from "./hardhat-campaign.js";
import type { Target } from "./target.js";

import { readFile } from "node:fs/promises";
import path from "node:path";

import { runInProject, runProcess } from "./process.js";
import { hardhatProject, loneTest } from "./project.js";
import { buildOf } from "./siege.js";

/** Its default. */
const SHRINK_ATTEMPTS = 5_000;

/** Hardhat's Solidity tests. */
export async function hardhatRunner(packageRoot: string, folder: string, targets: readonly Target[]): Promise<Runner> {
  const project = await hardhatProject(packageRoot, await buildOf(packageRoot), folder, targets);
  await compile(project);
  const version = async (name: string): Promise<string> => {
    const manifest = await readFile(path.join(packageRoot, "node_modules", name, "package.json"), "utf8");
    return (JSON.parse(manifest) as { readonly version: string }).version;
  };
  return {
    build: `${await version("hardhat")}, EDR ${await version("@nomicfoundation/edr")}`,
    run: async ({ target, variant, seed, settings }) => {
      const asked: Asked = { test: loneTest(target, variant), seed, settings, shrinkAttempts: 0 };
      const search: Outcome = await runInProject(project, "hardhat-campaign.ts", asked);
      if (!search.found) return search;
      // the same sequence is found again, and shrunk
      const again = { ...asked, shrinkAttempts: SHRINK_ATTEMPTS };
      const shrunk: Outcome = await runInProject(project, "hardhat-campaign.ts", again);
      const { steps, sequence } = shrunk;
      return { ...search, cpu: shrunk.cpu, ...(steps === undefined ? {} : { steps, sequence: sequence ?? [] }) };
    },
  };
}

/** Compiles a project's contracts and tests. */
export async function compile(project: string): Promise<void> {
  const hardhat = path.join(project, "node_modules/hardhat/dist/src/cli.js");
  const { code, stdout, stderr } = await runProcess(process.execPath, [hardhat, "build", "--quiet"], { cwd: project });
  if (code !== 0) throw new Error(`The targets do not compile:\n${stdout}${stderr}`);
}
