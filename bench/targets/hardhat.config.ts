/** The config of the project that the targets are tried in, which project.ts copies this file into. */
import { createRequire } from "node:module";

import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";
import hardhatSiege from "hardhat-siege";

export default defineConfig({
  plugins: [hardhatViem, hardhatSiege],
  paths: { sources: "contracts", tests: { solidity: "contracts" } },
  solidity: {
    version: "0.8.30",
    // the compiler comes as a package: nothing is downloaded
    path: createRequire(import.meta.url).resolve("solc/soljson.js"),
    settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: "prague" },
  },
});
