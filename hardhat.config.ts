import { createRequire } from "node:module";

import { defineConfig } from "hardhat/config";

// a project of your own imports it from "hardhat-siege"
import siege from "./src/index.js";

/** Compiles contracts/ (the engine's own, and the fixtures that the tests lay siege to), and replays what the demo found. */
export default defineConfig({
  plugins: [siege],
  // the projects in test/fixture-projects compile their own contracts
  paths: { tests: { solidity: "test/solidity" } },
  solidity: {
    compilers: [
      {
        version: "0.8.30",
        // the compiler comes as a package: nothing is downloaded
        path: createRequire(import.meta.url).resolve("solc/soljson.js"),
        settings: { optimizer: { enabled: true, runs: 200 } },
      },
    ],
  },
});
