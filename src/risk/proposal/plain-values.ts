import type { AbiFunction, AbiParameter } from "viem";

import { encodeAbiParameters } from "viem";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/**
 * Arguments from JSON as a call has them: whole numbers as bigints, from numbers or strings.
 *
 * @throws SiegeError `PROPOSAL_INVALID` if they do not fit the function
 */
export function plainValues(item: AbiFunction, args: readonly unknown[]): readonly unknown[] {
  try {
    if (args.length !== item.inputs.length)
      throw new Error(`it takes ${item.inputs.length} arguments, not ${args.length}`);
    const values = item.inputs.map((input, index) => valueOf(input, args[index]));
    encodeAbiParameters(item.inputs, values);
    return values;
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new SiegeError("PROPOSAL_INVALID", {
      message: `The arguments of the proposal's call of ${legible(item.name, 60)} do not fit: ${legible(why, 200)}.`,
      hint: 'Write whole numbers as strings, "1000000000000000000"; addresses and bytes in hex.',
      cause,
    });
  }
}

function valueOf(parameter: AbiParameter, value: unknown): unknown {
  const { type } = parameter;
  if (type.endsWith("]")) {
    if (!Array.isArray(value)) throw new Error(`${type} is no list`);
    const each = { ...parameter, type: type.slice(0, type.lastIndexOf("[")) };
    return value.map((one) => valueOf(each, one));
  }
  if (type === "tuple" && "components" in parameter) {
    const of = (name: string | undefined, index: number): unknown =>
      Array.isArray(value) ? value[index] : (value as Readonly<Record<string, unknown>>)[name ?? ""];
    return parameter.components.map((one, index) => valueOf(one, of(one.name, index)));
  }
  // encodeAbiParameters takes small integers as numbers, and large ones as bigints: all are bigints here
  return /^u?int/.test(type) && (typeof value === "string" || typeof value === "number") ? BigInt(value) : value;
}
