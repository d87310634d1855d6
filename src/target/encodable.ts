import type { AbiParameter } from "viem";

/** Types that have an encoding, without the dimensions of an array. `fixed` and `ufixed` are in the specification alone. */
const ENCODABLE = /^(address|bool|string|function|bytes([1-9]|[12]\d|3[0-2])?|u?int(\d*))$/;

/**
 * The first type among parameters and their components whose values cannot be encoded; `undefined` if all can.
 *
 * @see https://docs.soliditylang.org/en/latest/abi-spec.html#types
 */
export function unencodableIn(parameters: readonly AbiParameter[]): string | undefined {
  for (const parameter of parameters) {
    const type = parameter.type.replace(/(\[\d*\])*$/, "");
    if ("components" in parameter && type === "tuple") {
      const wrong = unencodableIn(parameter.components);
      if (wrong !== undefined) return wrong;
    } else if (!isEncodable(type)) {
      return parameter.type;
    }
  }
  return undefined;
}

function isEncodable(type: string): boolean {
  const match = ENCODABLE.exec(type);
  if (match === null) return false;
  const bits = match[3];
  return bits === undefined || bits === "" || (Number(bits) % 8 === 0 && Number(bits) >= 8 && Number(bits) <= 256);
}
