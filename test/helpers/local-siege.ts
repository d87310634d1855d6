import type { NetworkConnection } from "hardhat/types/network";

import type { Provider } from "../../src/engine/chain/rpc.js";
import type { CampaignEnvironment } from "../../src/engine/world/campaign-environment.js";

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import siegePlugin from "../../src/index.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";

/** A local network that is no fork, with the plugin, in a project folder of its own. */
export interface LocalSiege {
  readonly connection: NetworkConnection<"l1">;
  readonly root: string;
  /** What the engine needs of it, on a provider that a test may have tampered with. */
  environment(provider?: Provider): CampaignEnvironment;
  close(): Promise<void>;
}

export async function createLocalSiege(): Promise<LocalSiege> {
  const root = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  await writeFile(path.join(root, "package.json"), '{ "type": "module" }');
  const hre = await createHardhatRuntimeEnvironment(
    {
      plugins: [siegePlugin],
      siege: { reproductions: path.join(root, "reproductions") },
      networks: { local: { type: "edr-simulated", chainType: "l1" } },
    },
    {},
    root,
  );
  const connection = await hre.network.create({ network: "local", chainType: "l1" });
  return {
    connection,
    root,
    environment: (provider = connection.provider) => ({
      provider,
      hardfork: "osaka",
      openNetwork: openHermeticNetwork,
      openChannel: openLaneChannel,
      projectRoot: root,
      reproductions: "reproductions",
      impersonated: new Set(),
      intervalMining: 0,
      clock: () => performance.now(),
    }),
    close: async () => {
      await connection.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
