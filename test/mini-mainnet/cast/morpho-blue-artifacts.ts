import type { Artifact } from "../artifact.js";

import { artifactOf, compileOnce, readSources } from "../solc.js";

/** The contracts of Morpho Blue. */
export interface MorphoBlueArtifacts {
  readonly Morpho: Artifact;
  /** The interest rate model that its package tests with: a year's interest is the share of the supply that is lent. */
  readonly IrmMock: Artifact;
  /** Returns what it was set to. */
  readonly OracleMock: Artifact;
  /** Takes a flash loan and gives it back, with nothing on top. */
  readonly FlashBorrowerMock: Artifact;
}

/** Morpho Blue from the sources of its package, compiled as on mainnet: 0.8.19, by IR, for 999,999 runs. */
export async function morphoBlueArtifacts(): Promise<MorphoBlueArtifacts> {
  const input = JSON.stringify({
    language: "Solidity",
    sources: await readSources("@morpho-org/morpho-blue/src", [
      "Morpho.sol",
      "mocks/IrmMock.sol",
      "mocks/OracleMock.sol",
      "mocks/FlashBorrowerMock.sol",
    ]),
    settings: {
      viaIR: true,
      optimizer: { enabled: true, runs: 999_999 },
      evmVersion: "paris",
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  });
  const output = await compileOnce("solc-0.8.19", input, "morpho-blue");
  return {
    Morpho: artifactOf(output, "Morpho.sol", "Morpho"),
    IrmMock: artifactOf(output, "mocks/IrmMock.sol", "IrmMock"),
    OracleMock: artifactOf(output, "mocks/OracleMock.sol", "OracleMock"),
    FlashBorrowerMock: artifactOf(output, "mocks/FlashBorrowerMock.sol", "FlashBorrowerMock"),
  };
}
