import type { Hex } from "viem";

import { getAddress, isAddress, maxUint256, size } from "viem";

import { legible } from "../../quantity/legible.js";

/** How many zeros are written as an exponent. */
const LEAST_EXPONENT = 6;

/** The widest comment. */
const COMMENT = 300;

/** Types of arguments that have a literal, or a list of them. */
const PLAIN =
  /^(address|bool|string|bytes([1-9]|[12]\d|3[0-2])?|u?int(8|16|24|32|40|48|56|64|72|80|88|96|104|112|120|128|136|144|152|160|168|176|184|192|200|208|216|224|232|240|248|256))$/;

/** The type of the elements of a list of any length; `undefined` if it is none of plain values. */
export function elementOf(type: string): string | undefined {
  const element = type.endsWith("[]") ? type.slice(0, -2) : "";
  return PLAIN.test(element) ? element : undefined;
}

/** Whether values of a type can be written without variables. */
export function isPlain(type: string): boolean {
  return PLAIN.test(type);
}

/** A number with its digits in groups, `1_234_567`, and zeros as an exponent, `430e9`. */
export function numberLiteral(value: bigint): string {
  if (value === maxUint256) return "type(uint256).max";
  const digits = (value < 0n ? -value : value).toString();
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;
  // 430e9 rather than 430_000_000_000
  const exponent = value === 0n || zeros < LEAST_EXPONENT ? 0 : zeros - (zeros % 3);
  const mantissa = digits.slice(0, digits.length - exponent).replaceAll(/\B(?=(\d{3})+$)/g, "_");
  return `${value < 0n ? "-" : ""}${mantissa}${exponent === 0 ? "" : `e${exponent}`}`;
}

/** Bytes of any length. */
export function bytesLiteral(value: string): string {
  return `hex"${value.slice(2)}"`;
}

/** Text for a message, whatever it holds. */
export function textLiteral(text: string): string {
  const printable = JSON.stringify(legible(text, COMMENT));
  // JSON escapes what Solidity escapes, in the same way
  return `${isAscii(printable) ? "" : "unicode"}${printable}`;
}

/** Text in a comment of one line. */
export function comment(text: string): string {
  return legible(text, COMMENT);
}

/**
 * A value of a plain type.
 *
 * @param named - what an address is called
 * @returns `undefined` if the value is not of the type: files are edited by hand
 */
export function literal(type: string, value: unknown, named: (address: string) => string): string | undefined {
  if (type === "address")
    return typeof value === "string" && isAddress(value, { strict: false }) ? named(value) : undefined;
  if (type === "bool") return typeof value === "boolean" ? String(value) : undefined;
  if (type === "string") return typeof value === "string" ? stringLiteral(value) : undefined;
  if (type === "bytes") return isBytes(value) ? bytesLiteral(value) : undefined;
  if (type.startsWith("bytes")) {
    return isBytes(value) && size(value) === Number(type.slice(5)) ? `${type}(${bytesLiteral(value)})` : undefined;
  }
  if (typeof value === "bigint") return numberLiteral(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? numberLiteral(BigInt(value)) : undefined;
}

/** An address that has no name. */
export function addressLiteral(address: string): string {
  return getAddress(address);
}

function stringLiteral(value: string): string {
  const quoted = JSON.stringify(value);
  // what JSON leaves as it is may be a mark that turns the direction of what follows
  return isAscii(quoted) ? quoted : `string(hex"${Buffer.from(value, "utf8").toString("hex")}")`;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes("\\u") && !/\\[bf]/.test(text);
}

function isBytes(value: unknown): value is Hex {
  return typeof value === "string" && /^0x([0-9a-f]{2})*$/i.test(value);
}
