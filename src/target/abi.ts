import type { Abi, AbiParameter, AbiStateMutability } from "viem";

import { BaseError, parseAbi } from "viem";

import { SiegeError } from "../errors.js";
import { shown } from "../options.js";
import { legible } from "../quantity/legible.js";

/** An ABI as contract objects have it: items in the current form, items as old compilers wrote them (with `constant` and `payable`), or human-readable signatures. */
export type AnyAbi = readonly (object | string)[];

const MUTABILITIES: readonly unknown[] = ["pure", "view", "nonpayable", "payable"] satisfies AbiStateMutability[];

/** The items that have a state mutability. */
const CALLABLE: readonly unknown[] = ["function", "constructor", "fallback", "receive"];

/** The types of items (https://docs.soliditylang.org/en/latest/abi-spec.html#json). */
const TYPES: readonly unknown[] = [...CALLABLE, "event", "error"];

/** The most of a value in an error. */
const SHOWN = 120;

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
  return distinct([...items.map((item, index) => normaliseItem(item, index, owner)), ...parse(words, owner)], owner);
}

/**
 * The ABI of a value that should be one.
 *
 * @throws SiegeError `INVALID_TARGET` if it is no list, or not an ABI
 */
export function readAbi(abi: unknown, owner: string): Abi {
  if (Array.isArray(abi)) return normaliseAbi(abi as AnyAbi, owner);
  const isText = typeof abi === "string";
  throw invalidAbi(
    `The ABI of ${owner} is ${isText ? "a text" : shown(abi)}, not a list${isText ? `: ${legible(abi, SHOWN)}` : ""}.`,
    undefined,
    isText
      ? "Parse it first, JSON.parse(text), and take the `abi` of what it holds; a signature alone goes into a list."
      : undefined,
  );
}

/** Items that stand in a list twice, as in ABIs that were merged, count once. @throws SiegeError `INVALID_TARGET` if they differ */
function distinct(abi: Abi, owner: string): Abi {
  const known = new Map<string, string>();
  return abi.filter((item) => {
    if (item.type !== "function") return true;
    const signature = `${item.name}(${typesOf(item.inputs)})`;
    const whole = `${signature} ${item.stateMutability} returns (${typesOf(item.outputs)})`;
    const other = known.get(signature);
    if (other !== undefined && other !== whole) {
      throw invalidAbi(
        `The ABI of ${owner} has ${legible(signature, SHOWN)} twice, and differently: ${legible(other, SHOWN)}, and ${legible(whole, SHOWN)}.`,
      );
    }
    known.set(signature, whole);
    return other === undefined;
  });
}

function typesOf(parameters: readonly AbiParameter[]): string {
  return parameters
    .map((parameter) =>
      "components" in parameter && Array.isArray(parameter.components)
        ? parameter.type.replace("tuple", `(${typesOf(parameter.components as readonly AbiParameter[])})`)
        : parameter.type,
    )
    .join(",");
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
  const { type: said, name } = item as OldItem;
  if (said === undefined && typeof name !== "string") {
    throw invalidAbi(`Item ${index} of the ABI of ${owner} has no type: ${legible(JSON.stringify(item), SHOWN)}.`);
  }
  if (said !== undefined && !TYPES.includes(said)) {
    throw invalidAbi(`Item ${index} of the ABI of ${owner} has the type ${shown(said)}, which is none.`);
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
  readonly name?: unknown;
  readonly type?: unknown;
  readonly stateMutability?: unknown;
  readonly constant?: unknown;
  readonly payable?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

function invalidAbi(
  message: string,
  cause?: unknown,
  hint = "Pass the `abi` of the compiled artifact, or signatures such as 'function deposit(uint256 assets)'.",
): SiegeError {
  return new SiegeError("INVALID_TARGET", { message, hint, cause });
}
