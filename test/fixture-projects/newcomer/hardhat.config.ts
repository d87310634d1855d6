import { createRequire } from "node:module";

import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

import hardhatSiege from "../../../src/index.js";

/** A project without a scenario, as it is when somebody tries siege init. */
export default defineConfig({
  plugins: [hardhatViem, hardhatSiege],
  // the compiler comes as a package: tests download nothing
  solidity: { version: "0.8.30", path: createRequire(import.meta.url).resolve("solc/soljson.js") },
});
