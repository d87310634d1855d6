import type { ChainDescriptorsUserConfig } from "hardhat/types/config";

/** The chain id of the mini mainnet: that of every local Hardhat chain, so that it is not mistaken for a live one. */
export const CHAIN_ID = 31337;

/** The rules under which every block of the mini mainnet was made. */
export const HARDFORK = "osaka";

/**
 * A fork executes a historical block under the hardfork that its chain had then, which Hardhat knows for live chains
 * only. A config that forks the mini mainnet needs these descriptors; without them EDR fails with "No known hardfork for
 * execution on historical block".
 */
export const chainDescriptors: ChainDescriptorsUserConfig = {
  [CHAIN_ID]: { name: "Mini mainnet", chainType: "l1", hardforkHistory: { [HARDFORK]: { blockNumber: 0 } } },
};
