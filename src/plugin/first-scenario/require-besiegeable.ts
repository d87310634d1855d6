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
