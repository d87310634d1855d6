import type { Abi, AbiStateMutability } from "viem";

import { BaseError, parseAbi } from "viem";

import { SiegeError } from "../errors.js";

/** An ABI as contract objects have it: items in the current form, items as old compilers wrote them (with `constant` and `payable`), or human-readable signatures. */
export type AnyAbi = readonly (object | string)[];

const MUTABILITIES: readonly unknown[] = ["pure", "view", "nonpayable", "payable"] satisfies AbiStateMutability[];

/** The items that have a state mutability. */
const CALLABLE: readonly unknown[] = ["function", "constructor", "fallback", "receive"];

/**
 * An ABI in current form, in which every function has a state mutability. Solidity before 0.5 wrote `constant` and `payable`
 * instead, ethers omits it for functions that are neither view nor payable, and human-readable ABIs are parsed by viem.
 *
 * @param owner - whose ABI it is, for errors
 * @throws SiegeError `INVALID_TARGET` if it is not an ABI, or has signatures that cannot be parsed
 * @see https://docs.soliditylang.org/en/latest/abi-spec.html#json
 */
export function normaliseAbi(abi: AnyAbi, owner: string): Abi {
  // all at once, so that signatures can refer to structs among them
  const words = abi.filter((item) => typeof item === "string");
  const items = abi.filter((item) => typeof item !== "string");
  return [...items.map((item, index) => normaliseItem(item, index, owner)), ...parse(words, owner)];
}

function parse(signatures: readonly string[], owner: string): Abi {
  if (signatures.length === 0) return [];
  try {
    // viem checks signatures as literal types; these are only known at run time
    return parseAbi(signatures as never) as Abi;
  } catch (cause) {
    throw invalidAbi(
      `The human-readable ABI of ${owner} cannot be parsed: ${cause instanceof BaseError ? cause.shortMessage : String(cause)}`,
      cause,
    );
  }
}

function normaliseItem(item: unknown, index: number, owner: string): Abi[number] {
  if (typeof item !== "object" || item === null) {
    throw invalidAbi(`Item ${index} of the ABI of ${owner} is ${String(item)}.`);
  }
  const { type = "function", stateMutability, constant, payable, inputs = [], outputs = [], ...rest } = item as OldItem;
  // encoding checks the items that are used; this only checks what decides whether they are
  if (!CALLABLE.includes(type)) return item as Abi[number];
  // "undefined" is what ethers 6 writes for a constructor without a mutability
  const isSaid = stateMutability !== undefined && stateMutability !== "undefined";
  if (isSaid && !MUTABILITIES.includes(stateMutability)) {
    throw invalidAbi(
      `Item ${index} of the ABI of ${owner} has the state mutability ${JSON.stringify(stateMutability)}.`,
    );
  }
  const isRead = constant === true ? "view" : undefined;
  const isPaid = payable === true || type === "receive" ? "payable" : undefined;
  return {
    type,
    ...(type === "function" || type === "constructor" ? { inputs } : {}),
    ...(type === "function" ? { outputs } : {}),
    ...rest,
    stateMutability: isSaid ? stateMutability : (isRead ?? isPaid ?? "nonpayable"),
  } as Abi[number];
}

/** An ABI item in current or old form; other properties stay as they are. */
interface OldItem {
  readonly type?: unknown;
  readonly stateMutability?: unknown;
  readonly constant?: unknown;
  readonly payable?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

function invalidAbi(message: string, cause?: unknown): SiegeError {
  return new SiegeError("INVALID_TARGET", {
    message,
    hint: "Pass the `abi` of the compiled artifact, or signatures such as 'function deposit(uint256 assets)'.",
    cause,
  });
}
