import type { Artifact } from "hardhat/types/artifacts";
import type { Hex } from "viem";

import type { CodePattern } from "../../target/known-code.js";

import { isCodeOf, isExactly } from "../../target/known-code.js";

/**
 * The contracts whose deployed code this is. Immutables and library addresses are only known at deployment, so they do not
 * count. Nor does the metadata at the end, which depends on the compiler's input alone, unless it tells several contracts
 * of the same code apart.
 */
export function contractsWithCode<ContractT extends { readonly artifact: Artifact }>(
  code: Hex,
  contracts: readonly ContractT[],
): readonly ContractT[] {
  const same = contracts.filter(({ artifact }) => isCodeOf(patternOf(artifact), code));
  const exact = same.filter(({ artifact }) => isExactly(patternOf(artifact), code));
  return exact.length > 0 ? exact : same;
}

/** What an artifact's contract has for code once deployed. */
export function patternOf(artifact: Artifact): CodePattern {
  const holes = [
    ...Object.values(artifact.immutableReferences ?? {}).flat(),
    ...Object.values(artifact.deployedLinkReferences).flatMap((file) => Object.values(file).flat()),
  ];
  // a library begins with its own address, written when it is deployed
  if (/^0x730{40}30/.test(artifact.deployedBytecode)) holes.push({ start: 1, length: 20 });
  // Hardhat types bytecode as a string, for it may have placeholders of libraries, which are among the holes
  return { text: artifact.deployedBytecode as Hex, holes };
}
