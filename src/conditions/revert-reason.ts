import type { Abi, Hex } from "viem";

import { decodeErrorResult } from "viem";

import { legible } from "../quantity/legible.js";

/** The longest reason: a contract may revert with a text of any length. */
const REASON_WIDTH = 160;

/** Solidity's panic codes (https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require). */
const PANICS: ReadonlyMap<bigint, string> = new Map([
  [0x01n, "assertion failed"],
  [0x11n, "arithmetic overflow or underflow"],
  [0x12n, "division by zero"],
  [0x21n, "conversion to an enum out of range"],
  [0x31n, "pop of an empty array"],
  [0x32n, "index out of bounds"],
  [0x41n, "too much memory"],
]);

/** Why a call reverted, in readable form: `"paused"`, `panic: division by zero`, `Insolvent(5)`. */
export function revertReason(data: Hex, abi: Abi): string {
  if (data === "0x") return "no reason given";
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data });
    const [first] = args;
    if (errorName === "Error" && typeof first === "string") return `"${legible(first, REASON_WIDTH)}"`;
    if (errorName === "Panic" && typeof first === "bigint") return `panic: ${PANICS.get(first) ?? String(first)}`;
    return legible(`${errorName}(${args.map(argument).join(", ")})`, REASON_WIDTH);
  } catch {
    return `unknown error ${data.slice(0, 10)}`;
  }
}

function argument(value: unknown): string {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part))
    : String(value);
}
