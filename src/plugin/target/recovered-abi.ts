import type * as Evmole from "evmole/dist/evmole.js";
import type { AbiFunction, AbiParameter, Hex } from "viem";

import type { ProjectArtifacts } from "./project-artifacts.js";

import { parseAbiParameters } from "viem";

import { selectorOf } from "../../protocols/call.js";
import { COMMON_FUNCTIONS } from "../../target/common-functions.js";
import { functionsOf } from "../../target/functions.js";

// not a literal: the package's types are not among its exports for Node
const EVMOLE = "evmole";

/** A function that was read from bytecode. */
export interface RecoveredFunction {
  readonly item: AbiFunction;
  readonly selector: Hex;
  /** Whether it has the selector of a known function; otherwise, its name is its selector. */
  readonly isNamed: boolean;
}

/**
 * The functions that a contract's code dispatches to. Bytecode has their selectors, and what they read of the calldata
 * shows the types of their arguments: structs of fixed size as their fields, and `string` as `bytes`, which is encoded
 * alike. Names, and with them exact types and outputs, come from functions of the project and of common standards with
 * the same selectors.
 *
 * @see https://github.com/cdump/evmole
 */
export async function recoverFunctions(code: Hex, artifacts: ProjectArtifacts): Promise<readonly RecoveredFunction[]> {
  const { contractInfo } = (await import(EVMOLE)) as typeof Evmole;
  const { functions = [] } = contractInfo(code, { selectors: true, arguments: true, stateMutability: true });
  const known = await knownFunctions(artifacts);
  // in one order, whatever that of the library is: it decides what a seed draws
  const ordered = [...functions].sort((one, other) => (one.selector < other.selector ? -1 : 1));
  return ordered.map(({ selector: digits, arguments: types = "", stateMutability: seen }) => {
    const selector: Hex = `0x${digits}`;
    const named = known.get(selector);
    const item = named ?? unnamed(selector, types);
    return { item: { ...item, stateMutability: mutability(seen, named) }, selector, isNamed: named !== undefined };
  });
}

function unnamed(selector: Hex, types: string): AbiFunction {
  return { type: "function", name: selector, inputs: parametersOf(types), outputs: [], stateMutability: "nonpayable" };
}

function parametersOf(types: string): readonly AbiParameter[] {
  // an empty list has no parse
  return types === "" ? [] : parseAbiParameters(types);
}

/** A function may change state if either its code or its name says so: what is never called is never tested. */
function mutability(seen: string | undefined, named: AbiFunction | undefined): AbiFunction["stateMutability"] {
  if (seen === "payable" || seen === "nonpayable") return seen;
  if (named !== undefined) return named.stateMutability === "payable" ? "nonpayable" : named.stateMutability;
  return seen === "pure" ? "pure" : "view";
}

/** Functions with names, by selector. The project's own count first: their parameters have the names that its people know. */
export async function knownFunctions(artifacts: ProjectArtifacts): Promise<ReadonlyMap<Hex, AbiFunction>> {
  const own = (await artifacts.all()).flatMap(({ abi }) => functionsOf(abi));
  return new Map([...COMMON_FUNCTIONS, ...own].map((item) => [selectorOf(item), item]));
}
