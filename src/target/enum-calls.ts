import type { AbiFunction, AbiParameter, Address, Hex } from "viem";

import type { AskedContract } from "./dictionary.js";

import { encodeFunctionData } from "viem";

import { elementOf } from "./arguments/element.js";
import { unencodableIn } from "./encodable.js";
import { functionsOf, isView } from "./functions.js";

/** The most enumerations whose members are counted, and the functions that are tried for each. */
const MOST_ENUMS = 12;
const MOST_FUNCTIONS = 2;

/** A function that takes a member of an enumeration. */
export interface EnumCall {
  readonly to: Address;
  /** The call with a number in place of the member, and with zeros for everything else. */
  readonly data: (member: number) => Hex;
}

/** The enumerations that functions of contracts take, with the functions to try them with: views first, which refuse least. */
export function enumCalls(contracts: readonly AskedContract[]): ReadonlyMap<string, readonly EnumCall[]> {
  const calls = new Map<string, EnumCall[]>();
  for (const { address: to, abi } of contracts) {
    const functions = functionsOf(abi).filter(({ inputs }) => unencodableIn(inputs) === undefined);
    for (const item of [...functions.filter(isView), ...functions.filter((one) => !isView(one))]) {
      for (const name of new Set(item.inputs.flatMap(enumsIn))) {
        const known = calls.get(name) ?? [];
        if (known.length >= MOST_FUNCTIONS || (known.length === 0 && calls.size >= MOST_ENUMS)) continue;
        calls.set(name, [...known, { to, data: (member) => dataOf(item, name, member) }]);
      }
    }
  }
  return calls;
}

/** The type of an enumeration as the compiler notes it, without the dimensions of a list: `enum Market.Side`. */
export function enumOf({ internalType = "" }: Pick<AbiParameter, "internalType">): string | undefined {
  return internalType.startsWith("enum ") ? internalType.replace(/(\[\d*\])+$/, "") : undefined;
}

function enumsIn(parameter: AbiParameter): readonly string[] {
  if ("components" in parameter) return parameter.components.flatMap(enumsIn);
  const name = enumOf(parameter);
  return name === undefined ? [] : [name];
}

function dataOf(item: AbiFunction, name: string, member: number): Hex {
  const args = item.inputs.map((input) => valueOf(input, name, member));
  return encodeFunctionData({ abi: [item], functionName: item.name, args });
}

/** A value of zeros; lists are empty, unless they have members of the enumeration in them. */
function valueOf(parameter: AbiParameter, name: string, member: number): unknown {
  const element = elementOf(parameter);
  if (element !== undefined) {
    const length = element.length ?? (enumsIn(parameter).includes(name) ? 1 : 0);
    return Array.from({ length }, () => valueOf(element.parameter, name, member));
  }
  if ("components" in parameter) {
    const values = parameter.components.map((one) => valueOf(one, name, member));
    const isNamed = parameter.components.every((one) => one.name !== undefined && one.name !== "");
    return isNamed ? Object.fromEntries(parameter.components.map((one, at) => [one.name ?? "", values[at]])) : values;
  }
  const { type } = parameter;
  if (enumOf(parameter) === name) return member;
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return "0x";
  if (type === "address") return "0x0000000000000000000000000000000000000000";
  if (type === "function") return `0x${"00".repeat(24)}`;
  const [, kind, size = ""] = /^(u?int|bytes)(\d*)$/.exec(type) ?? [];
  if (kind === "bytes") return `0x${"00".repeat(Number(size))}`;
  return size !== "" && Number(size) <= 48 ? 0 : 0n;
}
