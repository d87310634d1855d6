import type { Abi, Hex } from "viem";

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What is needed to deploy a compiled contract. */
export interface Artifact {
  readonly abi: Abi;
  /** Creation code; where a library's address belongs it has placeholders. */
  readonly bytecode: Hex;
  /** File, then library, then the places of its address in the creation code, in bytes. */
  readonly linkReferences?: LinkReferences;
}

export type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
>;

const { resolve } = createRequire(import.meta.url);

/** The artifact that a package of the Uniswap team ships, as its compiler wrapper wrote it. */
export function uniswapArtifact(
  packageName: "v2-core" | "v2-periphery" | "liquidity-staker",
  contract: string,
): Artifact {
  const { abi, evm } = readJson(`@uniswap/${packageName}/build/${contract}.json`) as WaffleArtifact;
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}

/** The same of Uniswap V3, by its path among the contracts, without the extension: "lens/Quoter". */
export function uniswapV3Artifact(packageName: "v3-core" | "v3-periphery", path: string): Artifact {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return readJson(`@uniswap/${packageName}/artifacts/contracts/${path}.sol/${name}.json`) as Artifact;
}

/** An artifact of Aave V3, by its path among the contracts, without the extension: "protocol/pool/Pool". */
export function aaveArtifact(path: string): Artifact {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return readJson(`@aave/core-v3/artifacts/contracts/${path}.sol/${name}.json`) as Artifact;
}

/**
 * An artifact of Venus, a fork of Compound v2, by its path among the contracts, without the extension:
 * "Comptroller/Unitroller".
 */
export function venusArtifact(path: string): Artifact {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return readJson(`@venusprotocol/venus-protocol/artifacts/contracts/${path}.sol/${name}.json`) as Artifact;
}

interface WaffleArtifact {
  readonly abi: Abi;
  readonly evm: { readonly bytecode: { readonly object: string } };
}

function readJson(specifier: string): unknown {
  return JSON.parse(readFileSync(resolve(specifier), "utf8"));
}
