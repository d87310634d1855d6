import type { AbiFunction, Address } from "viem";

import type { Interfaces } from "./interfaces.js";
import type { AddressNames } from "./names.js";

import { encodeCall } from "../../protocols/call.js";

import { isIdentifier } from "./interfaces.js";
import { bytesLiteral, elementOf, literal } from "./literals.js";

/** More than that do not fit on the stack of what encodes them. */
const MOST_ARGUMENTS = 9;

/** How code writes calls. */
export interface Wording {
  readonly names: AddressNames;
  readonly interfaces: Interfaces;
}

/** Arguments as code, and the lines before it that fill the lists among them. */
interface Written {
  readonly before: readonly string[];
  readonly args: readonly string[];
}

/** A call as an expression of bytes, with the lines that it needs before it; raw bytes if it cannot be written otherwise. */
export function encodedCall(
  { names, interfaces }: Wording,
  {
    to,
    function: item,
    args,
  }: { readonly to: Address; readonly function: AbiFunction; readonly args: readonly unknown[] },
): { readonly before: readonly string[]; readonly data: string } {
  const written = item.inputs.length > MOST_ARGUMENTS ? undefined : writtenArguments(names, item, args);
  const declared = written === undefined ? undefined : interfaces.function(to, item);
  if (written === undefined || declared === undefined) {
    return { before: [], data: bytesLiteral(encodeCall({ to, function: item, args })) };
  }
  const { interface: name, function: called } = declared;
  return { before: written.before, data: `abi.encodeCall(${name}.${called}, (${written.args.join(", ")}))` };
}

/** Arguments; `undefined` if one of them has no literal. */
export function writtenArguments(
  names: AddressNames,
  { inputs }: AbiFunction,
  args: readonly unknown[],
): Written | undefined {
  const before: string[] = [];
  const written: string[] = [];
  const taken = new Set<string>();
  for (const [index, { type, name = "" }] of inputs.entries()) {
    const element = elementOf(type);
    const value = args[index];
    if (element === undefined) {
      const text = literal(type, value, (address) => names.of(address as Address));
      if (text === undefined) return undefined;
      written.push(text);
      continue;
    }
    if (!Array.isArray(value)) return undefined;
    const items = value.map((one) => literal(element, one, (address) => names.of(address as Address)));
    const own = isIdentifier(name) && !taken.has(name) ? name : `list${index}`;
    taken.add(own);
    before.push(`${type} memory ${own} = new ${type}(${items.length});`);
    for (const [at, text] of items.entries()) {
      if (text === undefined) return undefined;
      before.push(`${own}[${at}] = ${text};`);
    }
    written.push(own);
  }
  return { before, args: written };
}
