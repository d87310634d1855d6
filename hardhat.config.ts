import { createRequire } from "node:module";

import { defineConfig } from "hardhat/config";

/** Compiles contracts/: the engine's own, and the fixtures that the tests lay siege to. */
export default defineConfig({
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
