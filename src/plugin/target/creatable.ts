import type { Artifact } from "hardhat/types/artifacts";
import type { Address, Hex } from "viem";

import type { Chain } from "../../engine/chain/chain.js";
import type { KnownCode } from "../../target/known-code.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { KnownContract, ProjectArtifacts } from "./project-artifacts.js";

import { encodeFunctionData, getAddress, isAddressEqual, zeroAddress } from "viem";

import { canCreate, canDelegate, instructionsOf, withoutMetadata } from "../../target/bytecode.js";
import { functionsOf, stateChanging } from "../../target/functions.js";

import { patternOf } from "./artifact-code.js";

/** Shorter code than that may be part of anything, hex digits. */
const SHORTEST = 128;

/** What minimal clones end with, in all of their forms: DELEGATECALL and what follows it (ERC-1167). */
const CLONE = "5af43d";

/** The most addresses that are looked at for implementations of clones. */
const MOST_NAMED = 64;

/**
 * The project's contracts that a target can create: those whose creation code or deployed code is part of its own, and, if it
 * creates clones or proxies, those that live at an address that its views or its code name. Only those that have something to
 * call.
 */
export async function creatableBy(
  target: ResolvedTarget,
  chain: Chain,
  project: ProjectArtifacts,
): Promise<readonly KnownCode[]> {
  const implementations = target.source?.proxy?.implementations ?? [];
  const codes: Hex[] = [];
  for (const address of [target.address, ...implementations.map((one) => one.address)]) {
    codes.push(lower(await chain.code(address)));
  }
  if (!codes.some(canCreate)) return [];
  const contained = (await project.all()).filter(({ artifact }) => codes.some((code) => contains(code, artifact)));
  const proxies = contained.some(({ artifact }) => canDelegate(artifact.deployedBytecode as Hex));
  const cloned =
    proxies || codes.some((code) => code.includes(CLONE))
      ? await namedContracts(target, codes, chain, project)
      : new Map<KnownContract, Address>();
  return known(contained, cloned);
}

function known(contained: readonly KnownContract[], cloned: ReadonlyMap<KnownContract, Address>): readonly KnownCode[] {
  const names = new Map<string, number>();
  return [...new Set([...contained, ...cloned.keys()])]
    .filter(({ abi }) => stateChanging(abi).length > 0)
    .map((contract) => {
      const { name, abi, artifact } = contract;
      const count = (names.get(name) ?? 0) + 1;
      names.set(name, count);
      const original = contained.includes(contract) ? undefined : cloned.get(contract);
      return {
        name: count === 1 ? name : `${name} (${count})`,
        abi,
        code: patternOf(artifact),
        ...(original === undefined ? {} : { original }),
      };
    });
}

function contains(code: Hex, artifact: Artifact): boolean {
  const deployed = lower(withoutMetadata(artifact.deployedBytecode as Hex)).slice(2);
  const created = lower(withoutMetadata(artifact.bytecode as Hex)).slice(2);
  // the target's own code contains itself
  if (code.length - 2 <= artifact.deployedBytecode.length) return false;
  return [created, deployed].some((part) => part.length >= SHORTEST && includes(code, part));
}

/** Whether code contains a part in which libraries may not be linked yet. */
function includes(code: string, part: string): boolean {
  if (!part.includes("_")) return code.includes(part);
  return new RegExp(part.replace(/__.{36}__/g, "[0-9a-f]{40}")).test(code);
}

/** The project's contracts at the addresses that views without arguments return, or that are constants of the code. */
async function namedContracts(
  { address: self, abi }: ResolvedTarget,
  codes: readonly Hex[],
  chain: Chain,
  project: ProjectArtifacts,
): Promise<ReadonlyMap<KnownContract, Address>> {
  const views = functionsOf(abi).filter(
    ({ inputs, outputs, stateMutability }) =>
      inputs.length === 0 &&
      outputs.length === 1 &&
      outputs[0]?.type === "address" &&
      (stateMutability === "view" || stateMutability === "pure"),
  );
  const addresses = new Set<Address>(codes.flatMap(constantsOf));
  for (const item of views) {
    const returned = await chain.call(self, encodeFunctionData({ abi: [item], functionName: item.name }));
    if (returned?.length === 66) addresses.add(getAddress(`0x${returned.slice(26)}`));
  }
  const found = new Map<KnownContract, Address>();
  for (const address of [...addresses].slice(0, MOST_NAMED)) {
    if (isAddressEqual(address, self) || isAddressEqual(address, zeroAddress)) continue;
    const code = await chain.code(address);
    const [contract] = code === "0x" ? [] : await project.withCode(code);
    if (contract !== undefined && !found.has(contract)) found.set(contract, address);
  }
  return found;
}

/** Constants of 20 bytes, and immutables, which are padded to a word. */
function constantsOf(code: Hex): readonly Address[] {
  const constants: Address[] = [];
  for (const { pushed } of instructionsOf(code)) {
    const [, digits = ""] = /^(?:0{24})?([0-9a-f]{40})$/.exec(pushed) ?? [];
    // a mask is no address
    if (/[^0f]/.test(digits)) constants.push(getAddress(`0x${digits}`));
  }
  return constants;
}

function lower(code: Hex): Hex {
  return code.toLowerCase() as Hex;
}
