import type { AbiFunction, Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { KnownFunctions } from "./proposal.js";

import { concatHex, decodeAbiParameters, parseAbiItem, size, slice } from "viem";

import { SiegeError } from "../../errors.js";
import { encodeCall, selectorOf } from "../../protocols/call.js";
import { legible } from "../../quantity/legible.js";

/** A call as governors store it. */
interface RawCall {
  readonly to: Address;
  readonly value: bigint;
  /** `setFee(uint256)`, or empty where the calldata begins with its selector. */
  readonly signature: string;
  readonly calldata: Hex;
}

/**
 * A call with its function and arguments: by its signature, by a known function, or else as a selector and words.
 *
 * @throws SiegeError `PROPOSAL_INVALID` if the calldata is not that of the function
 */
export function decodeCall({ to, value, signature, calldata }: RawCall, known: KnownFunctions): ContractCall {
  const whole = signature === "" ? calldata : concatHex([selectorOf(functionOf(signature)), calldata]);
  const paid = value === 0n ? {} : { value };
  if (whole === "0x") return { to, function: unnamed("0x", 0), args: [], ...paid };
  if (size(whole) < 4) throw wrong(to, whole, "it is shorter than a selector");
  const selector = slice(whole, 0, 4);
  const given = signature === "" ? known.get(selector) : functionOf(signature);
  const rest = size(whole) === 4 ? "0x" : slice(whole, 4);
  const item = given ?? unnamed(selector, size(rest) / 32);
  if (given === undefined && size(rest) % 32 !== 0)
    throw wrong(to, whole, "its function is not known, and it has no whole words");
  let args: readonly unknown[];
  try {
    args = item.inputs.length === 0 ? [] : decodeAbiParameters(item.inputs, rest);
  } catch (cause) {
    throw wrong(to, whole, `it does not fit ${item.name}(${item.inputs.map(({ type }) => type).join(",")})`, cause);
  }
  const call = { to, function: item, args, ...paid };
  // what decodes and encodes otherwise has more in it than its arguments
  if (encodeCall(call) !== whole.toLowerCase())
    throw wrong(to, whole, `it is not what ${item.name} encodes its arguments as`);
  return call;
}

/** @throws SiegeError `PROPOSAL_INVALID` */
export function functionOf(signature: string): AbiFunction {
  try {
    // typed by a literal, which is not known here
    return parseAbiItem(`function ${signature}`) as AbiFunction;
  } catch {
    // said below
  }
  throw new SiegeError("PROPOSAL_INVALID", {
    message: `The proposal's signature ${JSON.stringify(legible(signature, 100))} is not that of a function.`,
    hint: 'Write it like "setFee(uint256)".',
  });
}

function unnamed(selector: Hex, words: number): AbiFunction {
  const inputs = Array.from({ length: Math.floor(words) }, () => ({ type: "bytes32" }));
  return { type: "function", name: selector, inputs, outputs: [], stateMutability: "payable" };
}

function wrong(to: Address, calldata: Hex, why: string, cause?: unknown): SiegeError {
  return new SiegeError("PROPOSAL_INVALID", {
    message: `The calldata ${legible(calldata, 74)} of the proposal's call to ${to} is wrong: ${why}.`,
    hint: "Compare it with what the governor's event says; with a signature beside it, it has no selector.",
    ...(cause === undefined ? {} : { cause }),
  });
}
