import type { AbiFunction, AbiStateMutability, Hex } from "viem";

import type { Action } from "../protocols/action.js";
import type { ResolvedTarget } from "./target.js";

import { keccak256, sliceHex, stringToHex } from "viem";

import { PLAIN, selectorOf } from "../protocols/call.js";
import { choose, fraction } from "../quantity/share.js";

import { unencodableIn } from "./encodable.js";
import { functionsOf } from "./functions.js";

/** The most that a payable call is sent: what matters is what it does, not how much it is sent. */
const MOST_SENT = 10n ** 18n;

/** Why the search never calls a function; `undefined` if it does. */
export function reasonToSkip(item: AbiFunction): string | undefined {
  const wrong = unencodableIn(item.inputs);
  return wrong === undefined ? undefined : `values of type "${wrong}" cannot be encoded`;
}

/** Native coin sent with a payable call, wei. @param share - parts per million */
export function sentWith(share: number): bigint {
  return fraction(share, MOST_SENT);
}

/**
 * Calls without a function, as free moves: `receive`, a plain transfer of native coin; and `fallback`, calldata that no
 * function takes: none, unless that is what `receive` is for, or a selector that nothing has.
 */
export function plainCalls({ address, abi }: Pick<ResolvedTarget, "address" | "abi">): readonly Action<unknown>[] {
  const receives = abi.some(({ type }) => type === "receive");
  const fallback = abi.find((item) => item.type === "fallback");
  const functions = new Set(functionsOf(abi).map(({ name }) => name));
  const named = (name: "fallback" | "receive"): string => (functions.has(name) ? `${name}()` : name);
  const actions: Action<unknown>[] = [];
  if (receives) {
    actions.push({
      name: named("receive"),
      operands: 1,
      ordinary: false,
      build: ([share = 0]) => ({ to: address, function: nameless(PLAIN, "payable"), args: [], value: sentWith(share) }),
    });
  }
  if (fallback !== undefined) {
    const { stateMutability } = fallback;
    const nobodys = nameless(unusedSelector(abi), stateMutability);
    const ways = receives ? [nobodys] : [nameless(PLAIN, stateMutability), nobodys];
    actions.push({
      name: named("fallback"),
      operands: 2,
      ordinary: false,
      build: ([which = 0, share = 0]) => ({
        to: address,
        function: choose(which, ways) ?? nobodys,
        args: [],
        ...(stateMutability === "payable" ? { value: sentWith(share) } : {}),
      }),
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
