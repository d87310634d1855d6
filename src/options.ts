import type { Address } from "viem";

import { isAddress } from "viem";
import { z } from "zod";

import { SiegeError } from "./errors.js";

/** The type of an option: a zod type whose description says what it must be, like `a whole number from 1 to 5`. */
type Field<ValueT> = z.ZodType<ValueT>;

/** @param expected - what the value must be, with its article */
export function field<ValueT>(accepts: (value: unknown) => boolean, expected: string): Field<ValueT> {
  return z
    .custom<ValueT>(accepts, (value: unknown) => ({ message: `Expected ${expected}, got ${shown(value)}.` }))
    .describe(expected);
}

/** A whole number, both ends included. */
export function wholeNumber(min: number, max: number): Field<number> {
  return field(
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    `a whole number from ${inWords(min)} to ${inWords(max)}`,
  );
}

/** Any number, both ends included. */
export function numberBetween(min: number, max: number): Field<number> {
  return field(
    (value) => typeof value === "number" && value >= min && value <= max,
    `a number from ${inWords(min)} to ${inWords(max)}`,
  );
}

/** One of a few words. */
export function oneOfWords<const WordT extends string>(words: readonly WordT[]): Field<WordT> {
  return field((value) => words.some((word) => word === value), words.map((word) => JSON.stringify(word)).join(" or "));
}

/** A non-empty string. */
export const nonEmptyString: Field<string> = field(
  (value) => typeof value === "string" && value.trim() !== "",
  "a non-empty string",
);

const names: Field<readonly string[]> = field(
  (value) => Array.isArray(value) && value.length > 0 && value.every((name) => nonEmptyString.safeParse(name).success),
  'a list of names, like ["pool"]',
);

/** An object with these optional fields and no others; a typo gets the list of the valid ones. */
export function section(fields: Readonly<Record<string, z.ZodType>>): z.ZodType<unknown> {
  const known = Object.keys(fields).join(", ");
  return z
    .object(Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, type.optional()])), {
      errorMap: (issue, context) => {
        if (issue.code === z.ZodIssueCode.unrecognized_keys) {
          const unknown = issue.keys.map((key) => `"${key}"`).join(", ");
          return { message: `Unknown option${issue.keys.length > 1 ? "s" : ""} ${unknown}. Use any of: ${known}.` };
        }
        if (issue.code === z.ZodIssueCode.invalid_type) {
          return { message: `Expected an object with any of: ${known}; got ${shown(context.data)}.` };
        }
        return { message: context.defaultError };
      },
    })
    .strict();
}

/**
 * Checks one option that a user set.
 *
 * @param owner - whose option it is: `attacker`
 * @throws SiegeError `INVALID_OPTION` with the option's name, the value and what it must be
 */
function requireOption(owner: string, option: string, value: unknown, type: Field<unknown>): void {
  if (type.safeParse(value).success) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${shown(value)}.`,
    hint: `It must be ${type.description ?? "something else"}.`,
  });
}

/**
 * Checks a number that a user set.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireInRange(
  owner: string,
  option: string,
  value: unknown,
  { min, max, kind }: { readonly min: number; readonly max: number; readonly kind?: "integer" },
): void {
  requireOption(owner, option, value, kind === "integer" ? wholeNumber(min, max) : numberBetween(min, max));
}

/**
 * Checks that all given options exist.
 *
 * @throws SiegeError `INVALID_OPTION` with the valid names
 */
export function requireKnown(owner: string, options: object, known: readonly string[]): void {
  const given: unknown = options;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${owner} is given ${shown(given)} in place of its options.`,
      hint: `Pass an object with ${known.join(", ")}.`,
    });
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner} has no option "${unknown}".`,
    hint: `Use ${known.join(", ")}.`,
  });
}

/**
 * Checks a list of names that a user may have set.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireNames(owner: string, option: string, value: unknown): void {
  if (value !== undefined) requireOption(owner, option, value, names);
}

/**
 * Checks a string that a user set.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireText(owner: string, option: string, value: unknown): void {
  requireOption(owner, option, value, nonEmptyString);
}

/** Checks an option that is one of a few words. @throws SiegeError `INVALID_OPTION` */
export function requireOneOf(owner: string, option: string, value: unknown, words: readonly string[]): void {
  requireOption(owner, option, value, oneOfWords(words));
}

/**
 * Checks an address that a user set.
 *
 * @throws SiegeError `INVALID_OPTION` with the option's name and the value
 */
export function requireAddress(owner: string, option: string, value: unknown): asserts value is Address {
  if (typeof value === "string" && isAddress(value)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${shown(value)}, not an address.`,
    hint: addressHint(value),
  });
}

/** What to write in place of a value that is no address. */
export function addressHint(value: unknown): string {
  const { address, target } = (value ?? {}) as Partial<Record<"address" | "target", unknown>>;
  if (typeof address === "string") return "It is a contract: pass its `.address`.";
  if (typeof target === "string") return "It is a contract: pass its address, which ethers calls `.target`.";
  return typeof value === "string" && isAddress(value, { strict: false })
    ? "Its checksum is wrong: compare it with its source, or write it in lower case."
    : "Write 0x and 40 hexadecimal digits.";
}

/** A value as error messages show it: what kind of thing it is, and enough of it to find it. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "missing";
    case "string":
      return value === "" ? "an empty string" : JSON.stringify(value.slice(0, 60));
    case "bigint":
      return `${value}n`;
    case "function":
      return value.name === "" ? "a function" : `the function ${value.name}`;
    case "object": {
      if (value === null) return "null";
      if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
      const names = Object.keys(value).slice(0, 6).join(", ");
      return `an object with ${names === "" ? "no properties" : names}`;
    }
    case "number":
    case "boolean":
    case "symbol":
      return String(value);
  }
}

function inWords(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 15 });
}
