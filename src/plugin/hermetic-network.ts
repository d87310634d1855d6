import type { NetworkConnection } from "hardhat/types/network";

import type { HermeticNetwork, HermeticNetworkParameters } from "../engine/chain/hermetic-network.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { BLOCK_BUILDER } from "../engine/chain/chain.js";
import { writeKnownBytecodes } from "../engine/chain/known-bytecodes.js";
import { chainTypeOf } from "../engine/chain/op-hardforks.js";

import { temporaryFolder, toTemporaryError } from "./temporary-folder.js";

/** A {@link HermeticNetwork} with Hardhat's complete connection. */
export interface HermeticConnection extends HermeticNetwork {
  readonly connection: NetworkConnection<"l1" | "op">;
}

/**
 * Opens a network in a runtime environment of its own. Its fork cache is in a fresh folder: EDR caches remote state by
 * host, port and chain id, so a reused loopback port would bring back another fork's state.
 */
export async function openHermeticNetwork(parameters: HermeticNetworkParameters): Promise<HermeticConnection> {
  const folder = await temporaryFolder();
  try {
    const connection = await connect(folder.path, parameters);
    return {
      connection,
      close: async () => {
        await connection.close();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw toTemporaryError(error);
  }
}

async function connect(folder: string, network: HermeticNetworkParameters): Promise<NetworkConnection<"l1" | "op">> {
  const { url, chainId, blockNumber, hardfork, blockGasLimit } = network;
  const chainType = chainTypeOf(hardfork);
  // Hardhat looks for the project's root by its package.json
  await writeFile(path.join(folder, "package.json"), "{}");
  await writeKnownBytecodes(folder);
  const hre = await createHardhatRuntimeEnvironment(
    {
      paths: { cache: path.join(folder, "cache") },
      // without a hardfork history, EDR refuses to execute on the forked block of an unknown chain
      chainDescriptors: {
        [chainId]: { name: "replay", chainType, hardforkHistory: { [hardfork]: { blockNumber: 0 } } },
      },
      networks: {
        replay: {
          type: "edr-simulated",
          chainType,
          chainId,
          hardfork,
          accounts: [],
          coinbase: BLOCK_BUILDER,
          // a transaction that was included when the reproduction was saved must be included again, whatever today's cap
          transactionGasCap: false,
          ...(blockGasLimit === undefined ? {} : { blockGasLimit }),
          forking: { url, blockNumber },
          mining: { auto: false, mempool: { order: "fifo" } },
        },
      },
    },
    {},
    folder,
  );
  return hre.network.create({ network: "replay", chainType });
}
