import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** What Hardhat calls the network that is used if none is named. */
const DEFAULT_NETWORK = "default";

/** The network that `--network` names, or else Hardhat's default. */
export function networkNameOf({ globalOptions }: Pick<HardhatRuntimeEnvironment, "globalOptions">): string {
  // Hardhat's type says that it is always set
  const name: unknown = globalOptions.network;
  return typeof name === "string" ? name : DEFAULT_NETWORK;
}
