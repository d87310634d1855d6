import type { Abi, AbiFunction, Address, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { ResolvedTarget } from "./target.js";

import { encodeFunctionData, toFunctionSignature } from "viem";

import { oneOf, SiegeError } from "../errors.js";

/** A function that a condition calls on the target: its name and the types of its arguments. */
interface NeededFunction {
  readonly name: string;
  readonly inputs: readonly string[];
  /** The standard that it belongs to, if no option can name another function in its place. */
  readonly standard?: string;
}

/**
 * The target's functions with these names and arguments, in this order.
 *
 * @param condition - its id, for the error
 * @throws SiegeError `UNSUPPORTED_TARGET` naming what is missing and what the ABI has instead
 */
export function requireFunctions<const N extends readonly NeededFunction[]>(
  condition: string,
  target: ResolvedTarget,
  needed: N,
): { readonly [K in keyof N]: AbiFunction } {
  const missing = needed.filter((wanted) => find(target.abi, wanted) === undefined);
  if (missing.length > 0) {
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${condition} needs ${missing.map(signatureOf).join(" and ")} of ${target.name}, whose ABI does not have ${missing.length === 1 ? "it" : "them"}.`,
      hint: hintFor(missing, target.abi),
    });
  }
  // none is missing, so there is one for each needed function
  return needed.map((wanted) => find(target.abi, wanted)) as unknown as { readonly [K in keyof N]: AbiFunction };
}

/** All functions of an ABI. */
export function functionsOf(abi: Abi): readonly AbiFunction[] {
  return abi.filter((item) => item.type === "function");
}

/** The functions that may change state. */
export function stateChanging(abi: Abi): readonly AbiFunction[] {
  return functionsOf(abi).filter(
    ({ stateMutability }) => stateMutability === "nonpayable" || stateMutability === "payable",
  );
}

/** Whether a function changes nothing. */
export function isView({ stateMutability }: AbiFunction): boolean {
  return stateMutability === "view" || stateMutability === "pure";
}

/** A call of a function, for a batched read. */
export function readCall(to: Address, item: AbiFunction, args: readonly unknown[], from?: Address): ReadCall {
  const data = encodeFunctionData({ abi: [item], functionName: item.name, args });
  return { to, data, ...(from === undefined ? {} : { from }) };
}

/** The first word that a function returns, as a number; `undefined` if the call reverts. */
export function readNumber(
  to: Address,
  item: AbiFunction,
  args: readonly unknown[] = [],
): ReadPlan<bigint | undefined> {
  return { calls: [readCall(to, item, args)], simulations: [], decode: ([result]) => numberIn(result) };
}

/** The first word of return data as an unsigned number; `undefined` if the call reverted or returned less than that. */
export function numberIn(result: ReadResult | undefined): bigint | undefined {
  return result?.success === true && result.data.length >= WORD_LENGTH ? BigInt(firstWord(result.data)) : undefined;
}

/** `0x` and 32 bytes */
const WORD_LENGTH = 66;

function firstWord(data: Hex): string {
  return data.slice(0, WORD_LENGTH);
}

function find(abi: Abi, { name, inputs }: NeededFunction): AbiFunction | undefined {
  return functionsOf(abi).find(
    (item) => item.name === name && item.inputs.map(({ type }) => type).join() === inputs.join(),
  );
}

function signatureOf({ name, inputs }: NeededFunction): string {
  return `${name}(${inputs.join(",")})`;
}

/** Candidates: the functions with the same number and types of arguments. */
function hintFor(missing: readonly NeededFunction[], abi: Abi): string {
  const standard = missing.find((one) => one.standard !== undefined)?.standard;
  if (standard !== undefined) {
    return `It judges contracts of ${standard}: use another condition, or pass the complete ABI if this is one.`;
  }
  const inputs = missing[0]?.inputs.join() ?? "";
  const alike = functionsOf(abi).filter(
    (item) => isView(item) && item.inputs.map(({ type }) => type).join() === inputs,
  );
  const kind = inputs === "" ? "without arguments" : `that take ${inputs}`;
  return oneOf(
    alike.map(toFunctionSignature),
    `The ABI has no view functions ${kind}; check that it is the contract's complete ABI.`,
  ).replace("Use one of:", `Its view functions ${kind} are:`);
}
