import type { Address, Hex } from "viem";

import type { ContractCall } from "../call.js";

import { encodeAbiParameters, keccak256, parseAbiParameters, stringToHex } from "viem";

import { encodeCall } from "../call.js";

/** The calls that a proposal makes when it is executed; a function of the scenario's accounts if it depends on them. */
export type GovernedCalls =
  readonly ContractCall[] | ((accounts: ReadonlyMap<string, Address>) => readonly ContractCall[]);

/** A proposal that can be made in a run. Its content determines its id, so the id is known in advance. */
export interface Proposal {
  /** Its name in the scenario, which is its description on chain. */
  readonly name: string;
  readonly id: bigint;
  readonly targets: readonly Address[];
  /** wei */
  readonly values: readonly bigint[];
  readonly calldatas: readonly Hex[];
  readonly descriptionHash: Hex;
}

/** The proposal of these calls under a name, with the id that `hashProposal` of OpenZeppelin's Governor gives it. */
export function proposalOf(name: string, calls: readonly ContractCall[]): Proposal {
  const targets = calls.map(({ to }) => to);
  const values = calls.map(({ value = 0n }) => value);
  const calldatas = calls.map(encodeCall);
  const descriptionHash = keccak256(stringToHex(name));
  const types = parseAbiParameters("address[], uint256[], bytes[], bytes32");
  const id = BigInt(keccak256(encodeAbiParameters(types, [targets, values, calldatas, descriptionHash])));
  return { name, id, targets, values, calldatas, descriptionHash };
}
