import type { AbiFunction, AbiStateMutability, Hex } from "viem";

import type { Action } from "../protocols/action.js";
import type { Token } from "../protocols/token.js";
import type { ResolvedTarget } from "./target.js";

import { keccak256, sliceHex, stringToHex } from "viem";

import { PLAIN, selectorOf } from "../protocols/call.js";
import { choose } from "../quantity/share.js";

import { callOf, operandsOf } from "./arguments/arguments.js";
import { NO_THINGS } from "./arguments/things.js";
import { unencodableIn } from "./encodable.js";
import { functionsOf } from "./functions.js";

/** Why the search never calls a function; `undefined` if it does. */
export function reasonToSkip(item: AbiFunction): string | undefined {
  const wrong = unencodableIn(item.inputs);
  return wrong === undefined ? undefined : `values of type "${wrong}" cannot be encoded`;
}

/**
 * Calls without a function, as free moves: `receive`, a plain transfer of native coin; and `fallback`, calldata that no
 * function takes: none, unless that is what `receive` is for, or a selector that nothing has.
 */
export function plainCalls(
  { address, abi }: Pick<ResolvedTarget, "address" | "abi">,
  tokens: readonly Token[],
): readonly Action<unknown>[] {
  const around = { target: address, tokens, things: NO_THINGS, functions: [] };
  const receives = abi.some(({ type }) => type === "receive");
  const fallback = abi.find((item) => item.type === "fallback");
  const functions = new Set(functionsOf(abi).map(({ name }) => name));
  const named = (name: "fallback" | "receive"): string => (functions.has(name) ? `${name}()` : name);
  const actions: Action<unknown>[] = [];
  if (receives) {
    const plain = nameless(PLAIN, "payable");
    actions.push({
      name: named("receive"),
      operands: operandsOf(plain),
      ordinary: false,
      seldom: true,
      choosesKinds: true,
      build: (operands, context) => callOf(plain, operands, around, context),
    });
  }
  if (fallback !== undefined) {
    const { stateMutability } = fallback;
    const nobodys = nameless(unusedSelector(abi), stateMutability);
    const ways = receives ? [nobodys] : [nameless(PLAIN, stateMutability), nobodys];
    actions.push({
      name: named("fallback"),
      operands: 1 + operandsOf(nobodys),
      ordinary: false,
      choosesKinds: true,
      build: ([which = 0, ...operands], context) => callOf(choose(which, ways) ?? nobodys, operands, around, context),
    });
  }
  return actions;
}

function nameless(name: Hex, stateMutability: AbiStateMutability): AbiFunction {
  return { type: "function", name, inputs: [], outputs: [], stateMutability };
}

/** A selector that no function of the ABI has: the first of a chain of hashes, so that it is the same on every machine. */
function unusedSelector(abi: ResolvedTarget["abi"]): Hex {
  const used = new Set(functionsOf(abi).map(selectorOf));
  let hash = keccak256(stringToHex("hardhat-siege no function"));
  while (used.has(sliceHex(hash, 0, 4))) hash = keccak256(hash);
  return sliceHex(hash, 0, 4);
}
