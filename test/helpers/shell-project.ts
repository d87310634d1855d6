import type { HardhatUserConfig } from "hardhat/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { buildInTurn } from "./build-in-turn.js";

/** The fixture project in which the plugin's own behaviour is tested. */
export const SHELL_PROJECT: string = path.resolve(import.meta.dirname, "../fixture-projects/shell");

let built: Promise<unknown> | undefined;

/** A runtime environment in the fixture project, with its contracts compiled. */
export async function shellEnvironment(
  config: HardhatUserConfig = {},
  network?: string,
): Promise<HardhatRuntimeEnvironment> {
  const file = path.join(SHELL_PROJECT, "hardhat.config.ts");
  const { default: fileConfig } = (await import(file)) as { default: HardhatUserConfig };
  const options = { config: file, ...(network === undefined ? {} : { network }) };
  const hre = await createHardhatRuntimeEnvironment({ ...fileConfig, ...config }, options, SHELL_PROJECT);
  await (built ??= buildInTurn(hre));
  return hre;
}
