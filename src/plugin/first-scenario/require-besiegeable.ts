import type { Abi } from "viem";

import type { KnownContract } from "../target/project-artifacts.js";

import { SiegeError } from "../../errors.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { stateChanging } from "../../target/functions.js";

/** The deployed code of a library begins with the address at which it may not be called, which its deployment fills in. */
const LIBRARY = /^0x730{40}3014/;

/** @throws SiegeError `INVALID_TARGET` if it is a library: its functions work on the storage of contracts that use it */
export function requireNoLibrary({ name, artifact }: KnownContract): void {
  if (!LIBRARY.test(artifact.deployedBytecode)) return;
  throw new SiegeError("INVALID_TARGET", {
    message: `"${legible(name, NAME_WIDTH)}" is a library, which has no state of its own.`,
    hint: "Give a contract that uses it.",
  });
}

/** @throws SiegeError `INVALID_TARGET` if its code has places for the addresses of libraries, which have to be deployed before it */
export function requireLinked({ name, artifact }: KnownContract): void {
  const libraries = Object.values(artifact.linkReferences).flatMap((inFile) => Object.keys(inFile));
  if (libraries.length === 0) return;
  const [first = "Library"] = libraries;
  throw new SiegeError("INVALID_TARGET", {
    message: `"${legible(name, NAME_WIDTH)}" is linked with ${libraries.map((library) => legible(library, NAME_WIDTH)).join(", ")}, and siege init deploys no libraries. No file is written.`,
    hint: `Write the scenario file yourself: deploy the library first, and name it where the contract is deployed, libraries: { ${legible(first, NAME_WIDTH)}: library.address }. Or deploy both on a fork, and give the contract's address.`,
  });
}

/** @throws SiegeError `INVALID_TARGET` if nobody can change anything there: no condition could ever be broken */
export function requireMoves(name: string, abi: Abi): void {
  if (stateChanging(abi).length > 0 || takesCalls(abi)) return;
  throw new SiegeError("INVALID_TARGET", {
    message: `"${legible(name, NAME_WIDTH)}" has no function that changes a state, so there is nothing that an agent could do to it.`,
    hint: "Give a contract that accounts deposit into, trade with or call to change something.",
  });
}

/** Whether it takes calls that are no functions of its ABI. */
export function takesCalls(abi: Abi): boolean {
  return abi.some(({ type }) => type === "fallback" || type === "receive");
}
