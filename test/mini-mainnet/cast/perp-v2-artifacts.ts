import type { Artifact } from "../artifact.js";

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/** A contract of Perpetual Protocol V2, as its team compiled it. */
export function curieArtifact(contract: string): Artifact {
  return readArtifact(`@perp/curie-contract/artifacts/contracts/${contract}.sol/${contract}.json`);
}

/** A contract of its price feeds. */
export function perpOracleArtifact(contract: string): Artifact {
  return readArtifact(`@perp/perp-oracle-contract/artifacts/contracts/${contract}.sol/${contract}.json`);
}

/** The factory whose pools its markets trade on. */
export function uniswapV3Artifact(contract: "UniswapV3Factory" | "UniswapV3Pool"): Artifact {
  return readArtifact(`@uniswap/v3-core/artifacts/contracts/${contract}.sol/${contract}.json`);
}

function readArtifact(specifier: string): Artifact {
  // the form of Hardhat's artifacts
  return JSON.parse(readFileSync(resolve(specifier), "utf8")) as Artifact;
}
