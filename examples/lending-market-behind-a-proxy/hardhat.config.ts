import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import hardhatSiege from "hardhat-siege";
import { defineConfig } from "hardhat/config";

export default defineConfig({
  plugins: [toolbox, hardhatSiege],
  solidity: {
    version: "0.8.30",
    // the compiler comes as a package; without this line Hardhat downloads it
    path: createRequire(import.meta.url).resolve("solc/soljson.js"),
    npmFilesToBuild: ["@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol"],
  },
  test: { mocha: { timeout: 600_000 } },
});
