import type { EdrNetworkConfig } from "hardhat/types/config";
import type { NetworkConnection } from "hardhat/types/network";

import { chainTypeOf } from "../engine/chain/op-hardforks.js";
import { SiegeError } from "../errors.js";

/** Ethereum's hardforks before the merge, which brought PREVRANDAO. */
const BEFORE_THE_MERGE: ReadonlySet<string> = new Set([
  "byzantium",
  "constantinople",
  "petersburg",
  "istanbul",
  "muirGlacier",
  "berlin",
  "london",
  "arrowGlacier",
  "grayGlacier",
]);

/**
 * Rejects anything but an in-process network: a campaign sends thousands of hostile transactions.
 *
 * @returns the config of the simulated network
 * @throws SiegeError `LIVE_NETWORK`, `UNSUPPORTED_HARDFORK`
 */
export function requireSimulated(
  connection: Pick<NetworkConnection, "networkName" | "networkConfig">,
): Readonly<EdrNetworkConfig> {
  const { networkName, networkConfig } = connection;
  if (networkConfig.type === "edr-simulated") {
    const { hardfork, chainType } = networkConfig;
    if (BEFORE_THE_MERGE.has(hardfork)) {
      throw new SiegeError("UNSUPPORTED_HARDFORK", {
        message: `The network "${networkName}" has the hardfork "${hardfork}", which is from before the merge.`,
        hint: 'Set hardfork: "merge" or a later one: runs pin the randomness of their blocks (PREVRANDAO).',
      });
    }
    if (chainType === "op" && chainTypeOf(hardfork) !== "op") {
      throw new SiegeError("UNSUPPORTED_HARDFORK", {
        message: `The network "${networkName}" of chain type "op" has the hardfork "${hardfork}", which this version does not know.`,
        hint: 'Set an earlier hardfork, such as "isthmus", or upgrade hardhat-siege.',
      });
    }
    return networkConfig;
  }
  throw new SiegeError("LIVE_NETWORK", {
    message: `The network "${networkName}" is of type "${networkConfig.type}", but campaigns only run on simulated networks.`,
    hint: 'Use a network of type "edr-simulated"; with `forking`, it starts from the state of a live network.',
  });
}
