import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import path from "node:path";

import { MultiProcessMutex } from "@nomicfoundation/hardhat-utils/synchronization";

/** How long a build waits for those of other processes, milliseconds. */
const PATIENCE = 300_000;

/** Does something to a project's build, which no other process does at the same time: Hardhat writes its cache even if nothing has changed. */
export function inTurn<T>(cache: string, build: () => Promise<T>): Promise<T> {
  return new MultiProcessMutex(path.join(cache, "build.lock"), PATIENCE).use(build);
}

/** Compiles what has changed of a project. */
export function buildInTurn(hre: HardhatRuntimeEnvironment): Promise<unknown> {
  return inTurn(hre.config.paths.cache, () => hre.tasks.getTask("build").run({ quiet: true }));
}
