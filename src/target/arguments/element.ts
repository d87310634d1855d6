import type { AbiParameter } from "viem";

/** `T[]` and `T[3]`; the length of the latter is fixed. */
export function elementOf(
  parameter: AbiParameter,
): { readonly parameter: AbiParameter; readonly length: number | undefined } | undefined {
  if (!parameter.type.endsWith("]")) return undefined;
  const match = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (match === null) return undefined;
  const [, type = "", length] = match;
  return { parameter: { ...parameter, type }, length: length === "" ? undefined : Number(length) };
}
