import { getContractAddress } from "viem";

import { boxScenario } from "./box-scenario.js";

/** What the first of Hardhat's accounts deploys first: it is there on the chain that the network forks from. */
export const BOX = getContractAddress({ from: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", nonce: 0n });

export default boxScenario("CappedBox", (value) => value > 1_000n, BOX);
