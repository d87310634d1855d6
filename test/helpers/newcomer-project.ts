import type { HardhatUserConfig } from "hardhat/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { buildInTurn } from "./build-in-turn.js";
import { ROOT } from "./documentation.js";

/** A project that has contracts and no scenario yet. */
export const NEWCOMER_PROJECT: string = path.resolve(import.meta.dirname, "../fixture-projects/newcomer");

/** Its scenario files, which siege init writes. */
export function newcomerFile(name: string): string {
  return path.join(NEWCOMER_PROJECT, "siege", name);
}

/** The text of a scenario file that was written. */
export function newcomerText(name: string): Promise<string> {
  return readFile(newcomerFile(name), "utf8");
}

/** Removes what was written. */
export function forgetScenarios(): Promise<void> {
  return rm(path.join(NEWCOMER_PROJECT, "siege"), { recursive: true, force: true });
}

/** A runtime environment of the project, compiled, in which `hardhat-siege` is what is in src. */
export async function newcomerEnvironment(config: HardhatUserConfig = {}): Promise<HardhatRuntimeEnvironment> {
  await installPlugin();
  const file = path.join(NEWCOMER_PROJECT, "hardhat.config.ts");
  const { default: fileConfig } = (await import(file)) as { default: HardhatUserConfig };
  const hre = await createHardhatRuntimeEnvironment({ ...fileConfig, ...config }, { config: file }, NEWCOMER_PROJECT);
  await buildInTurn(hre);
  return hre;
}

/** As if it were installed, with its sources in place of what is built of them. */
async function installPlugin(): Promise<void> {
  const folder = path.join(NEWCOMER_PROJECT, "node_modules/hardhat-siege");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await symlink(path.join(ROOT, "src"), path.join(folder, "src"), "dir");
  const manifest = {
    name: "hardhat-siege",
    type: "module",
    exports: { ".": "./src/index.ts", "./*": "./src/*/index.ts" },
  };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
}
