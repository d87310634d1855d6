import type { AbiFunction, AbiParameter, Address } from "viem";

import type { AddressNames } from "./names.js";

import { toFunctionSignature } from "viem";

import { addressKey } from "../../quantity/address.js";

import { elementOf, isPlain } from "./literals.js";
import { pascal } from "./names.js";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Words that no function and no argument can be called (https://docs.soliditylang.org/en/latest/cheatsheet.html). */
const RESERVED = new Set(
  `abstract address after alias anonymous apply as assembly auto bool break byte bytes calldata case catch constant constructor
  continue contract copyof default define delete do else emit enum error event external fallback false final fixed for from function
  hex if immutable implements import in indexed inline int interface internal is let library macro mapping match memory modifier
  mutable new null of override partial payable pragma private promise public pure receive reference relocatable return returns sealed
  sizeof static storage string struct super supports switch this throw true try type typedef typeof ufixed uint unchecked unicode
  unsafe using var view virtual wei gwei ether seconds minutes hours days weeks years`.split(/\s+/),
);

interface Declared {
  readonly name: string;
  readonly functions: Map<string, AbiFunction>;
}

/** The interfaces of the contracts that a test calls, made of the functions that it calls. */
export class Interfaces {
  readonly #names: AddressNames;
  readonly #of = new Map<string, Declared>();

  constructor(names: AddressNames) {
    this.#names = names;
  }

  /**
   * The function as code calls it, `IVault.deposit`, which is declared then; `undefined` if an interface cannot have it: it takes
   * structs, or the contract has another one of that name.
   */
  function(
    contract: Address,
    item: AbiFunction,
  ): { readonly interface: string; readonly function: string } | undefined {
    if (!canBeDeclared(item)) return undefined;
    const key = addressKey(contract);
    const known: Declared = this.#of.get(key) ?? {
      name: `I${pascal(this.#names.of(contract))}`,
      functions: new Map(),
    };
    const other = known.functions.get(item.name);
    if (other !== undefined && toFunctionSignature(other) !== toFunctionSignature(item)) return undefined;
    this.#of.set(key, known);
    // of two that differ in what they return, the one that says it
    if (other === undefined || other.outputs.length === 0) known.functions.set(item.name, item);
    return { interface: known.name, function: item.name };
  }

  lines(): readonly string[] {
    return [...this.#of.values()].flatMap(({ name, functions }) => [
      `interface ${name} {`,
      ...[...functions.values()].map((item) => `    ${declaration(item)}`),
      "}",
      "",
    ]);
  }
}

/** Whether the only thing that a function returns is an unsigned number. */
export function returnsNumber({ outputs }: AbiFunction): boolean {
  return outputs.length === 1 && /^uint\d+$/.test(outputs[0]?.type ?? "") && isPlain(outputs[0]?.type ?? "");
}

/** Whether a name from an ABI is one in Solidity. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

function canBeDeclared({ name, inputs }: AbiFunction): boolean {
  return isIdentifier(name) && inputs.every(({ type }) => isDeclarable(type));
}

function isDeclarable(type: string): boolean {
  return isPlain(type) || elementOf(type) !== undefined;
}

function declaration({ name, inputs, outputs, stateMutability }: AbiFunction): string {
  const mutability = ["payable", "view", "pure"].includes(stateMutability) ? ` ${stateMutability}` : "";
  const returned = outputs.length > 0 && outputs.every(({ type }) => isDeclarable(type)) ? outputs : [];
  const returns = returned.length === 0 ? "" : ` returns (${returned.map(({ type }) => located(type)).join(", ")})`;
  return `function ${name}(${inputs.map(parameter).join(", ")}) external${mutability}${returns};`;
}

function parameter({ type, name = "" }: AbiParameter): string {
  return isIdentifier(name) ? `${located(type)} ${name}` : located(type);
}

/** Lists, strings and bytes are in memory. */
function located(type: string): string {
  return type === "string" || type === "bytes" || type.endsWith("]") ? `${type} memory` : type;
}
