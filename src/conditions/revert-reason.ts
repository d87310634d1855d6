import type { Abi, Hex } from "viem";

import { decodeErrorResult, encodeErrorResult, isAddress, parseAbi, toFunctionSelector } from "viem";

import { addressKey } from "../quantity/address.js";
import { legible } from "../quantity/legible.js";

import { WELL_KNOWN_ERRORS } from "./well-known-errors.js";

/** The longest reason: a contract may revert with a text of any length. */
const REASON_WIDTH = 160;

/** Solidity's panic codes (https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require). */
const PANICS: ReadonlyMap<bigint, string> = new Map([
  [0x01n, "assertion failed"],
  [0x11n, "arithmetic overflow or underflow"],
  [0x12n, "division by zero"],
  [0x21n, "conversion to an enum out of range"],
  [0x31n, "pop of an empty array"],
  [0x32n, "index out of bounds"],
  [0x41n, "too much memory"],
]);

const ERROR = parseAbi(["error Error(string)"]);
const PANIC = parseAbi(["error Panic(uint256)"]);

/** The contract whose call reverted, as far as it tells reasons. */
export interface ReasonSource {
  readonly abi: Abi;
  /** Errors of the contracts that it may call. */
  readonly errors?: Abi;
}

/** A custom error that was decoded. */
export interface CustomError {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * Why a call reverted, in readable form: `"paused"`, `panic: division by zero`, `Insolvent(5)`.
 *
 * @param names - of addresses, by {@link addressKey}, for the arguments of custom errors
 */
export function revertReason(data: Hex, source: ReasonSource, names?: ReadonlyMap<string, string>): string {
  const decoded = decodedRevert(data, source);
  if (typeof decoded === "string") return decoded;
  return legible(
    `${decoded.name}(${decoded.args.map((value) => argumentText(value, names)).join(", ")})`,
    REASON_WIDTH,
  );
}

/**
 * Whether a call reverted for one of these reasons.
 *
 * @param allowed - names of custom errors, with or without arguments, and revert texts
 */
export function isAllowedRevert(data: Hex, source: ReasonSource, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return false;
  const decoded = decodedRevert(data, source);
  if (typeof decoded !== "string") return allowed.some((error) => error.replace(/\(.*\)$/, "") === decoded.name);
  // revert texts are quoted there
  return allowed.some((text) => decoded === text || decoded === `"${text}"`);
}

/**
 * The same reasons as revert data: whole, or the selector alone of errors whose arguments do not matter.
 *
 * @param allowed - as {@link isAllowedRevert} takes them
 */
export function allowedReverts({ abi, errors = [] }: ReasonSource, allowed: readonly string[]): readonly Hex[] {
  const known = [...abi, ...errors, ...WELL_KNOWN_ERRORS].filter((item) => item.type === "error");
  return [
    ...new Set(
      allowed.flatMap((reason): readonly Hex[] => {
        const name = reason.replace(/\(.*\)$/, "");
        const text = /^"(.*)"$/s.exec(reason)?.[1] ?? reason;
        return [
          ...known
            .filter((item) => item.name === name)
            .map((item) => toFunctionSelector({ ...item, type: "function", outputs: [], stateMutability: "view" })),
          ...[...PANICS].flatMap(([code, says]) =>
            reason === `panic: ${says}` ? [encodeErrorResult({ abi: PANIC, errorName: "Panic", args: [code] })] : [],
          ),
          encodeErrorResult({ abi: ERROR, errorName: "Error", args: [text] }),
        ];
      }),
    ),
  ];
}

/** Why a call reverted, but a custom error as data. It may belong to the target, to a contract that it calls, or to a library. */
export function decodedRevert(data: Hex, { abi, errors = [] }: ReasonSource): CustomError | string {
  if (data === "0x") return "no reason given";
  for (const known of [abi, errors, WELL_KNOWN_ERRORS]) {
    const decoded = decodedWith(known, data);
    if (decoded !== undefined) return decoded;
  }
  return `unknown error ${data.slice(0, 10)}`;
}

function decodedWith(abi: Abi, data: Hex): CustomError | string | undefined {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data });
    const [first] = args;
    if (errorName === "Error" && typeof first === "string") return `"${legible(first, REASON_WIDTH)}"`;
    if (errorName === "Panic" && typeof first === "bigint") return `panic: ${PANICS.get(first) ?? String(first)}`;
    return { name: errorName, args };
  } catch {
    return undefined;
  }
}

/** An argument of an error or a call, as messages write it: `9,000`. @param names - of addresses, by lower-case address */
export function argumentText(value: unknown, names?: ReadonlyMap<string, string>): string {
  if (typeof value === "string" && isAddress(value, { strict: false })) return names?.get(addressKey(value)) ?? value;
  // as amounts are written beside it
  if (typeof value === "bigint") return value.toLocaleString("en-US");
  return typeof value === "object" && value !== null
    ? JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part))
    : String(value);
}
