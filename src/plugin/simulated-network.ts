import type { EdrNetworkConfig } from "hardhat/types/config";
import type { NetworkConnection } from "hardhat/types/network";

import { SiegeError } from "../errors.js";

/**
 * Rejects anything but an in-process network: a campaign sends thousands of hostile transactions.
 *
 * @returns the config of the simulated network
 * @throws SiegeError `LIVE_NETWORK`
 */
export function requireSimulated(
  connection: Pick<NetworkConnection, "networkName" | "networkConfig">,
): Readonly<EdrNetworkConfig> {
  const { networkName, networkConfig } = connection;
  if (networkConfig.type === "edr-simulated") return networkConfig;
  throw new SiegeError("LIVE_NETWORK", {
    message: `The network "${networkName}" is of type "${networkConfig.type}", but campaigns only run on simulated networks.`,
    hint: 'Use a network of type "edr-simulated"; with `forking`, it starts from the state of a live network.',
  });
}
