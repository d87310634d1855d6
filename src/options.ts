import type { Address } from "viem";

import { isAddress } from "viem";

import { SiegeError } from "./errors.js";

/**
 * Checks a number that a user set.
 *
 * @throws SiegeError `INVALID_OPTION` with the option's name, the value and the range
 */
export function requireInRange(
  owner: string,
  option: string,
  value: unknown,
  range: { readonly min: number; readonly max: number; readonly kind?: "integer" },
): void {
  const { min, max, kind } = range;
  const fits =
    typeof value === "number" && value >= min && value <= max && (kind !== "integer" || Number.isInteger(value));
  if (fits) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${String(value)}.`,
    hint: `It must be ${kind === "integer" ? "an integer" : "a number"} from ${String(min)} to ${String(max)}.`,
  });
}

/**
 * Checks that there are no other options than those that exist.
 *
 * @throws SiegeError `INVALID_OPTION` with the valid names
 */
export function requireKnown(owner: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner} has no option "${unknown}".`,
    hint: `Use ${names.join(", ")}.`,
  });
}

/**
 * Checks a list of names that a user set.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireNames(owner: string, option: string, value: unknown): void {
  if (value === undefined) return;
  if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string" && name !== ""))
    return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is no list of names.`,
    hint: `It must be a list of names: ${option}: ["pool"].`,
  });
}

/**
 * Checks a text that a user set.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireText(owner: string, option: string, value: unknown): void {
  if (typeof value === "string" && value !== "") return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${typeof value === "string" ? "empty" : `of type ${typeof value}`}.`,
    hint: "It must be a text that is not empty.",
  });
}

/** Checks an option that is one of a few words. @throws SiegeError `INVALID_OPTION` */
export function requireOneOf(owner: string, option: string, value: unknown, words: readonly string[]): void {
  if (typeof value === "string" && words.includes(value)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${typeof value === "string" ? JSON.stringify(value) : typeof value}.`,
    hint: `It must be ${words.map((word) => JSON.stringify(word)).join(" or ")}.`,
  });
}

/**
 * Checks an address that a user set.
 *
 * @throws SiegeError `INVALID_OPTION` with the option's name and the value
 */
export function requireAddress(owner: string, option: string, value: unknown): asserts value is Address {
  if (typeof value === "string" && isAddress(value)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${String(value)}, not an address.`,
    hint: "Write 0x and 40 hexadecimal digits, with the right checksum or all in lower case.",
  });
}
