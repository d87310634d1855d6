import { createRequire } from "node:module";

import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import hardhatSiege from "hardhat-siege";
import { defineConfig } from "hardhat/config";

export default defineConfig({
  plugins: [hardhatViem, hardhatMocha, hardhatSiege],
  // the compiler comes as a package; with solidity: "0.8.30" Hardhat downloads it
  solidity: { version: "0.8.30", path: createRequire(import.meta.url).resolve("solc/soljson.js") },
  test: { mocha: { timeout: 600_000 } },
});
