import type { Address } from "viem";

import { isAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { addressHint, nonEmptyString, numberBetween, shown, wholeNumber } from "../../options.js";

/** An `INVALID_SCENARIO` error. */
export function invalid(details: { readonly message: string; readonly hint: string }): SiegeError {
  return new SiegeError("INVALID_SCENARIO", details);
}

/** @throws SiegeError `INVALID_SCENARIO` if the condition does not hold */
export function check(holds: boolean, details: { readonly message: string; readonly hint: string }): asserts holds {
  if (!holds) throw invalid(details);
}

/** Checks one value where a message that shows it is enough. */
export function requireValue(path: string, value: unknown, holds: boolean, hint: string): asserts holds {
  check(holds, { message: `${path} is ${shown(value)}.`, hint });
}

/**
 * Checks something that a function of this plugin makes. A common mistake is to pass the function itself.
 *
 * @param what - what it should be, with its article: `an agent`
 */
export function requireMade(
  path: string,
  value: unknown,
  holds: boolean,
  { what, call, use }: { readonly what: string; readonly call: string; readonly use: string },
): asserts holds {
  check(holds, {
    message: `${path} is ${shown(value)}, not ${what}.`,
    hint: typeof value === "function" ? call : use,
  });
}

/** An object with named properties: neither an array nor `null`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object with functions of these names. */
export function hasFunctions(value: unknown, ...names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === "function");
}

/** Whether a value is a non-empty string. */
export function isText(value: unknown): value is string {
  return nonEmptyString.safeParse(value).success;
}

/**
 * Refuses properties that do not exist, which are usually misspelt.
 *
 * @param path - where the object is: `assets.ETH`; empty for the definition itself
 */
export function requireKeys(path: string, value: object, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw invalid({
    message: path === "" ? `A scenario has no property "${unknown}".` : `${path} has no property "${unknown}".`,
    hint: `Use ${names.join(", ")}.`,
  });
}

/** Checks a number's range. */
export function requireNumber(
  path: string,
  value: unknown,
  { min, max, kind }: { readonly min: number; readonly max: number; readonly kind?: "integer" },
): asserts value is number {
  const type = kind === "integer" ? wholeNumber(min, max) : numberBetween(min, max);
  check(type.safeParse(value).success, {
    message: `${path} is ${shown(value)}.`,
    hint: `It must be ${type.description ?? "another number"}.`,
  });
}

/** Checks an address. */
export function requireAddress(path: string, value: unknown): asserts value is Address {
  check(typeof value === "string" && isAddress(value), {
    message: `${path} is ${shown(value)}, not an address.`,
    hint: addressHint(value),
  });
}
