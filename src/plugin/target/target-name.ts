import type { Abi, Hex } from "viem";

import type { KnownContract, ProjectArtifacts } from "./project-artifacts.js";

import { toFunctionSignature } from "viem";

import { functionsOf } from "../../target/functions.js";

import { contractsWithCode } from "./artifact-code.js";

/**
 * The name that neither viem's nor ethers' contracts carry: that of the artifact with the same functions, or, if several
 * have them or none has, with the same code. `undefined` if no artifact or more than one will do.
 *
 * @param codes - the target's own code first, then that of its implementations
 */
export async function artifactName(
  abi: Abi,
  codes: readonly Hex[],
  artifacts: ProjectArtifacts,
): Promise<string | undefined> {
  const candidates = withFunctions(signaturesOf(abi), await artifacts.all());
  if (candidates.length === 1) return candidates[0]?.name;
  const among = candidates.length === 0 ? await artifacts.all() : candidates;
  return onlyName(codes.flatMap((code) => contractsWithCode(code, among)));
}

/** The name that contracts have in common: no name is better than a wrong one. */
export function onlyName(contracts: readonly KnownContract[]): string | undefined {
  const names = new Set(contracts.map(({ name }) => name));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

function withFunctions(functions: string, all: readonly KnownContract[]): readonly KnownContract[] {
  // a contract without functions would match every library
  if (functions === "") return [];
  const matching = all.filter(({ abi }) => signaturesOf(abi) === functions);
  // an interface has the same functions as the contracts that implement it, but is never what was deployed
  const deployable = matching.filter(({ artifact }) => artifact.deployedBytecode !== "0x");
  return deployable.length > 0 ? deployable : matching;
}

function signaturesOf(abi: Abi): string {
  return functionsOf(abi).map(toFunctionSignature).sort().join("\n");
}
