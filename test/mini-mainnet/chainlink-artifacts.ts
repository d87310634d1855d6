import type { Artifact } from "./artifact.js";

import { artifactOf, compileOnce, readSources } from "./solc.js";

/** The contracts of a Chainlink price feed. */
export interface ChainlinkArtifacts {
  readonly FluxAggregator: Artifact;
  readonly EACAggregatorProxy: Artifact;
}

/**
 * The contracts of a Chainlink price feed. Their package ships sources only, so they are compiled here with the
 * compiler version that they ask for.
 */
export async function chainlinkArtifacts(): Promise<ChainlinkArtifacts> {
  const input = JSON.stringify({
    language: "Solidity",
    sources: await readSources("@chainlink/contracts/src/v0.6", ["FluxAggregator.sol", "EACAggregatorProxy.sol"]),
    settings: {
      // the runs that the feeds on mainnet were compiled with
      optimizer: { enabled: true, runs: 1_000_000 },
      // without the hash of the metadata, a comment in a source does not change the chain
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  });
  const output = await compileOnce("solc-0.6.6", input, "chainlink");
  return {
    FluxAggregator: artifactOf(output, "FluxAggregator.sol", "FluxAggregator"),
    EACAggregatorProxy: artifactOf(output, "EACAggregatorProxy.sol", "EACAggregatorProxy"),
  };
}
