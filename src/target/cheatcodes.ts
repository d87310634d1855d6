import type { Hex } from "viem";

import { toFunctionSelector } from "viem";

import { instructionsOf, SHL } from "./bytecode.js";
import { CHEATCODE_SIGNATURES } from "./cheatcode-signatures.js";

/** The last 20 bytes of keccak256("hevm cheat code"), which forge-std's `vm` stands for. */
const CHEATCODE_ADDRESS = "7109709ecfa91a80626ff3989d68f67f5b1dd12d";

let names: ReadonlyMap<string, string> | undefined;

/**
 * The Foundry cheatcodes that a contract's code mentions: `vm.prank`. They exist in forge alone; on every other chain a
 * call of one reverts. Empty for a contract that never mentions the cheatcode address. A mention need not be a call
 * that is ever made, so it explains a revert and proves none.
 *
 * @param code - deployed bytecode
 * @returns names in alphabetical order, overloads once
 * @see https://getfoundry.sh/reference/cheatcodes/overview
 */
export function cheatcodesIn(code: Hex): readonly string[] {
  if (!code.toLowerCase().includes(CHEATCODE_ADDRESS)) return [];
  names ??= new Map(CHEATCODE_SIGNATURES.map((one) => [toFunctionSelector(one).slice(2), `vm.${nameIn(one)}`]));
  const known = names;
  const used = [...selectorsIn(code)].flatMap((selector) => known.get(selector) ?? []);
  return [...new Set(used)].sort();
}

function nameIn(signature: string): string {
  return signature.slice(0, signature.indexOf("("));
}

/** What may be a selector: four bytes, which the compiler pushes as they are, shifted, or padded to a word. */
function* selectorsIn(code: Hex): Generator<string> {
  let earlier = "";
  let last = "";
  for (const { opcode, pushed } of instructionsOf(code)) {
    if (opcode === SHL && earlier !== "" && earlier.length <= 8 && last.length === 2) {
      // an even selector is cheaper as half of it, shifted by 225 bits instead of 224
      const word = BigInt(`0x${earlier}`) << BigInt(`0x${last}`);
      yield ((word >> 224n) & 0xffffffffn).toString(16).padStart(8, "0");
    }
    // zeros in front of a selector are left out
    if (pushed !== "" && pushed.length <= 8) yield pushed.padStart(8, "0");
    if (pushed.length > 8 && /^0*$/.test(pushed.slice(8))) yield pushed.slice(0, 8);
    [earlier, last] = [last, pushed];
  }
}
