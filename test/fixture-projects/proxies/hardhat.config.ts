import { createRequire } from "node:module";

import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

import hardhatSiege from "../../../src/index.js";

export default defineConfig({
  plugins: [hardhatViem, hardhatSiege],
  solidity: {
    version: "0.8.30",
    path: createRequire(import.meta.url).resolve("solc/soljson.js"),
    npmFilesToBuild: [
      "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol",
      "@openzeppelin/contracts/proxy/beacon/BeaconProxy.sol",
      "@openzeppelin/contracts/proxy/beacon/UpgradeableBeacon.sol",
      "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol",
    ],
    settings: { optimizer: { enabled: true, runs: 200 } },
  },
});
