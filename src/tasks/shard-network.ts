import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

/**
 * A fresh network for a shard. One that is no fork begins with the clock, and what is tried as an argument is a time as well as an
 * amount: so it begins with the day (UTC), the same for all shards of a build. An `initialDate` in the config stays.
 */
export async function createShardNetwork(hre: HardhatRuntimeEnvironment): Promise<NetworkConnection> {
  const { config, userConfig, globalOptions } = hre;
  const { network: name } = globalOptions;
  const network = config.networks[name];
  const given = userConfig.networks?.[name];
  const isDated = given?.type === "edr-simulated" && given.initialDate !== undefined;
  if (network?.type !== "edr-simulated" || network.forking?.enabled === true || isDated) return hre.network.create();
  const today = new Date(new Date().setUTCHours(0, 0, 0, 0));
  return hre.network.create({ network: name, override: { initialDate: today } });
}
