import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { StateBundle } from "../../engine/chain/state-upstream/state-bundle.js";
import type { SnapshotNetwork } from "../../engine/fork-snapshot/fork-snapshot.js";

import { Chain } from "../../engine/chain/chain.js";
import { recordingSource } from "../../engine/chain/state-upstream/recording-source.js";
import { serveState } from "../../engine/chain/state-upstream/serve-state.js";
import { SiegeError } from "../../errors.js";
import { rpcEndpointOf } from "../rpc-endpoint.js";
import { requireSimulated } from "../simulated-network.js";
import { temporaryFolder } from "../temporary-folder.js";

import { withDetour } from "./snapshot-networks.js";

/** The state that some work touched, and the network on which it was done. */
export interface Taken {
  readonly network: SnapshotNetwork;
  readonly state: StateBundle;
}

/**
 * Does work on connections of a network that forks from a chain, and keeps what they read of that chain.
 *
 * @param network - its name in the config; it forks from its own endpoint, whatever snapshot the config names for it
 * @param work - is given a function that makes the connections
 * @throws SiegeError `INVALID_OPTION` if it is no fork
 */
export async function takeSnapshot(
  hre: HardhatRuntimeEnvironment,
  network: string,
  work: (connect: () => Promise<NetworkConnection>) => Promise<void>,
): Promise<Taken> {
  const { root } = hre.config.paths;
  // the chain as it is: neither Hardhat's own accounts nor a block of its own
  const override = { accounts: [], mining: { auto: true, interval: 0 } };
  const reader = await withDetour(root, network, "endpoint", async () => hre.network.create({ network, override }));
  try {
    const config = requireSimulated(reader);
    const chain = new Chain(reader.provider, await rpcEndpointOf(config));
    const source = await recordingSource(chain, await forkedFrom(chain, network));
    const upstream = await serveState(source);
    const folder = await temporaryFolder();
    try {
      const { blockNumber } = source;
      const detour = { url: upstream.url, blockNumber, cacheDir: folder.path };
      const forking = { url: upstream.url, blockNumber };
      await withDetour(root, network, detour, () =>
        work(async () => hre.network.create({ network, override: { forking } })),
      );
      const { chainId, hardfork } = config;
      return { network: { chainId, hardfork, chainType: reader.chainType }, state: source.bundle() };
    } finally {
      await upstream.close();
      await folder.remove();
    }
  } finally {
    await reader.close();
  }
}

/** The id of the chain that a chain is a fork of. */
async function forkedFrom(chain: Chain, network: string): Promise<number> {
  const id = await chain.forkedFrom();
  if (id !== undefined) return id;
  throw new SiegeError("INVALID_OPTION", {
    message: `The network "${network}" forks from no chain, so there is nothing to take a snapshot of.`,
    hint: "Name one that has forking.url in hardhat.config: --network mainnetFork.",
  });
}
