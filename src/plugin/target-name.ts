import type { Artifact, ArtifactManager } from "hardhat/types/artifacts";
import type { Abi } from "viem";

import type { AnyAbi } from "../target/abi.js";
import type { ResolvedTarget } from "../target/target.js";

import { toFunctionSignature } from "viem";

import { normaliseAbi } from "../target/abi.js";
import { awaitTarget } from "../target/target.js";

// for a target without a name of its own
const UNNAMED = "target";

/** What is needed of a provider and of the artifacts to name a contract. */
interface CodeProvider {
  request(args: { method: string; params?: unknown[] }): Promise<unknown>;
}
type Artifacts = Pick<ArtifactManager, "getAllFullyQualifiedNames" | "readArtifact">;

/**
 * Resolves what a user passes as a target, and finds the name that neither viem's nor ethers' contracts carry: that
 * of the artifact with the same functions, or, if several have them, with the same code.
 *
 * @throws SiegeError `INVALID_TARGET`
 */
export async function nameTarget(
  target: unknown,
  artifacts: Artifacts,
  provider: CodeProvider,
): Promise<ResolvedTarget> {
  const resolved = await awaitTarget(target, UNNAMED);
  if (resolved.name !== UNNAMED) return resolved;

  const candidates = await artifactsWithFunctions(functionsOf(resolved.abi), artifacts);
  const [first, ...others] = candidates;
  if (first === undefined) return resolved;
  if (others.length === 0) return { ...resolved, name: first.contractName };

  const code = String(await provider.request({ method: "eth_getCode", params: [resolved.address, "latest"] }));
  const names = new Set(candidates.filter((candidate) => isCodeOf(candidate, code)).map((one) => one.contractName));
  const [name] = names;
  return name !== undefined && names.size === 1 ? { ...resolved, name } : resolved;
}

async function artifactsWithFunctions(functions: string, artifacts: Artifacts): Promise<Artifact[]> {
  // a contract without functions would match every library
  if (functions === "") return [];
  const names = await artifacts.getAllFullyQualifiedNames();
  const all = await Promise.all([...names].map((name) => artifacts.readArtifact(name)));
  // Hardhat leaves the items of an artifact's ABI untyped
  const matching = all.filter(
    ({ abi, contractName }) => functionsOf(normaliseAbi(abi as AnyAbi, contractName)) === functions,
  );
  // an interface has the same functions as the contracts that implement it, but is never what was deployed
  const deployable = matching.filter((artifact) => artifact.deployedBytecode !== "0x");
  return deployable.length > 0 ? deployable : matching;
}

function functionsOf(abi: Abi): string {
  const signatures = abi.flatMap((item) => (item.type === "function" ? [toFunctionSignature(item)] : []));
  return signatures.sort().join("\n");
}

function isCodeOf(artifact: Artifact, code: string): boolean {
  const expected = artifact.deployedBytecode;
  if (expected.length !== code.length) return false;
  // immutables and library addresses are only known at deployment
  const holes = [
    ...Object.values(artifact.immutableReferences ?? {}).flat(),
    ...Object.values(artifact.deployedLinkReferences).flatMap((file) => Object.values(file).flat()),
  ];
  const mask = (hex: string): string =>
    holes.reduce((masked, { start, length }) => {
      const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
      return masked.slice(0, from) + "0".repeat(to - from) + masked.slice(to);
    }, hex.toLowerCase());
  return mask(expected) === mask(code);
}
