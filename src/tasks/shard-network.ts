import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import { networkNameOf } from "../plugin/network-name.js";
import { isSnapshotFork } from "../plugin/snapshots/snapshot-networks.js";

/**
 * A fresh network for a shard. One that is no fork begins with the clock, and what is tried as an argument is a time as well as an
 * amount: so it begins with the day (UTC), the same for all shards of a build. An `initialDate` in the config stays.
 *
 * @param name - of the network. Default: the one that `--network` names
 * @param day - like `2026-03-01`. Default: today
 */
export async function createShardNetwork(
  hre: HardhatRuntimeEnvironment,
  name: string = networkNameOf(hre),
  day: string = today(),
): Promise<NetworkConnection> {
  const { config, userConfig } = hre;
  const network = config.networks[name];
  const given = userConfig.networks?.[name];
  const isDated = given?.type === "edr-simulated" && given.initialDate !== undefined;
  if (network?.type !== "edr-simulated" || network.forking?.enabled === true || isDated) {
    // with a setting of its own, Hardhat looks at the config again, and at the snapshot that is to be used
    const isAsked = network !== undefined && isSnapshotFork(network);
    return isAsked ? hre.network.create({ network: name, override: SAME }) : hre.network.create({ network: name });
  }
  return hre.network.create({ network: name, override: { initialDate: new Date(`${day}T00:00:00Z`) } });
}

/** The day (UTC). */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Is replaced by the snapshot. */
const SAME = { forking: { url: "http://snapshot.invalid" } };
