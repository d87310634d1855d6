import type { z } from "zod";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/** The most of a value that an error quotes. */
const QUOTED = 200;

/** A path, a name or a reason from outside, in an error. */
export function quoted(text: string): string {
  return legible(text, QUOTED);
}

/** A file of a finding that cannot be written. */
export function unwritable(what: string, file: string, cause: unknown): SiegeError {
  return new SiegeError("REPRODUCTION_UNWRITABLE", {
    message: `The ${what} ${quoted(file)} could not be written: ${reasonOf(cause)}.`,
    hint: "Make siege.reproductions in hardhat.config a folder that this process may write to.",
    cause,
  });
}

/** The first thing that is wrong with the content of a file. */
export function issueText({ path: way, message }: z.ZodIssue): string {
  return quoted(`${way.join(".")}: ${message}`);
}

/** Content that is wrong. */
export function invalid(origin: string, why: string): SiegeError {
  return new SiegeError("REPRODUCTION_INVALID", {
    message: `${quoted(origin)} is not a reproduction: ${why}.`,
    hint: "Take the file from version control, or find it again with siege run.",
  });
}

/** A file, or a folder of them, that is there and cannot be read. */
export function unreadable(file: string, cause: unknown): SiegeError {
  return new SiegeError("REPRODUCTION_UNREADABLE", {
    message: `${quoted(file)} could not be read: ${reasonOf(cause)}.`,
    hint: "Make siege.reproductions in hardhat.config a folder that this process may read; what broke before is not known otherwise.",
    cause,
  });
}

/** More than a reproduction may be. */
export function tooLarge(
  code: "REPRODUCTION_TOO_LARGE" | "REPRODUCTION_UNWRITABLE",
  origin: string,
  why: string,
): SiegeError {
  return new SiegeError(code, {
    message: `${quoted(origin)} is larger than a reproduction may be: ${why}.`,
    hint:
      code === "REPRODUCTION_UNWRITABLE"
        ? "Shorten the scenario, or make its agents fewer: the finding touches too much state to be kept in a file."
        : "It is not a file that hardhat-siege wrote.",
  });
}

/** There is no such file. */
export function isMissing(error: unknown): boolean {
  return isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR") || isErrno(error, "ENAMETOOLONG");
}

/** An error of the file system, by its code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return quoted(error instanceof Error ? error.message : String(error));
}
