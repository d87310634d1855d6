import type { HardhatUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Campaign } from "./measures.js";

import { createRequire } from "node:module";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { STATE } from "../state/build.js";

/** bench/: Hardhat runs the same files as forge. */
export const PROJECT: string = path.resolve(import.meta.dirname, "..");

/**
 * The handlers as a Hardhat project, for one campaign.
 *
 * @param failures - where failures are remembered
 */
export async function handlerProject(campaign?: Campaign, failures?: string): Promise<HardhatRuntimeEnvironment> {
  const config: HardhatUserConfig = {
    paths: {
      sources: "forge/solidity",
      tests: { solidity: "forge/solidity" },
      cache: "cache/hardhat/cache",
      artifacts: "cache/hardhat/artifacts",
    },
    solidity: {
      compilers: [
        {
          version: "0.8.30",
          path: createRequire(import.meta.url).resolve("solc/soljson.js"),
          settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: "prague" },
        },
      ],
    },
    ...(campaign === undefined || failures === undefined ? {} : { test: { solidity: settings(campaign, failures) } }),
  };
  return createHardhatRuntimeEnvironment(config, {}, PROJECT);
}

function settings(
  { seed, runs, depth, shrinkAttempts, blind, timeout }: Campaign,
  failurePersistDir: string,
): NonNullable<NonNullable<HardhatUserConfig["test"]>["solidity"]> {
  return {
    fsPermissions: { readDirectory: [STATE] },
    fuzz: { seed: `0x${seed.toString(16)}` },
    invariant: {
      failurePersistDir,
      runs,
      depth,
      ...(timeout === undefined ? {} : { timeout }),
      failOnRevert: false,
      shrinkRunLimit: shrinkAttempts,
      // there is no switch for statistics, nor for checking the invariant between calls
      ...(blind ? { includeStorage: false, includePushBytes: false } : {}),
    },
  };
}
