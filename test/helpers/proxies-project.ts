import type { HardhatUserConfig } from "hardhat/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { buildInTurn } from "./build-in-turn.js";

const PROJECT = path.resolve(import.meta.dirname, "../fixture-projects/proxies");

let built: Promise<unknown> | undefined;

/** A runtime environment in the fixture project of proxies and handlers, with its contracts compiled. */
export async function proxiesEnvironment(config: HardhatUserConfig = {}): Promise<HardhatRuntimeEnvironment> {
  const file = path.join(PROJECT, "hardhat.config.ts");
  const { default: fileConfig } = (await import(file)) as { default: HardhatUserConfig };
  const hre = await createHardhatRuntimeEnvironment({ ...fileConfig, ...config }, { config: file }, PROJECT);
  await (built ??= buildInTurn(hre));
  return hre;
}
