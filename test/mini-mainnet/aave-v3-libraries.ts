import type { Address } from "viem";

import type { PinnedChain } from "./pinned-chain.js";

import { ACCOUNTS } from "./accounts.js";
import { aaveArtifact } from "./artifact.js";
import { link } from "./linker.js";

/** Each after the ones that it calls. */
const LIBRARIES = [
  "SupplyLogic",
  "BorrowLogic",
  "FlashLoanLogic", // calls BorrowLogic
  "LiquidationLogic",
  "EModeLogic",
  "BridgeLogic",
  "PoolLogic",
  "ConfiguratorLogic",
];

/** Deploys the libraries that the pool and its configurator delegate to, by name. */
export async function deployAaveV3Libraries(chain: PinnedChain): Promise<ReadonlyMap<string, Address>> {
  const deployed = new Map<string, Address>();
  for (const name of LIBRARIES) {
    const artifact = link(aaveArtifact(`protocol/libraries/logic/${name}`), deployed);
    deployed.set(name, await chain.deploy(ACCOUNTS.deployer, artifact));
  }
  return deployed;
}
