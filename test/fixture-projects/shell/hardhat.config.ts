import { createRequire } from "node:module";

import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

import hardhatSiege from "../../../src/index.js";

export default defineConfig({
  plugins: [hardhatViem, hardhatEthers, hardhatMocha, hardhatSiege],
  // the compiler comes as a package: tests download nothing
  solidity: { version: "0.8.30", path: createRequire(import.meta.url).resolve("solc/soljson.js") },
  networks: {
    // nothing listens there, and nothing needs to: it is refused before a request is made
    live: { type: "http", url: "http://127.0.0.1:1" },
  },
  siege: { runs: 5 },
});
