import type { Policy } from "./policy.js";

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { SiegeError } from "../../errors.js";

import { parsePolicy } from "./policy.js";

/** A larger file is no policy, bytes: one has about 5,000. */
const MOST_BYTES = 1_000_000;

/** Reads a policy. @throws SiegeError `POLICY_NOT_FOUND`, `POLICY_INVALID`, `POLICY_VERSION` */
export function readPolicy(file: string): Policy {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new SiegeError("POLICY_NOT_FOUND", {
      message: `There is no policy at "${file}".`,
      hint: "Train one: npx hardhat siege train siege/*.scenario.ts --out policy.json. Paths are relative to the working directory.",
    });
  }
  const invalid = (why: string, cause?: unknown): SiegeError =>
    new SiegeError("POLICY_INVALID", {
      message: `"${file}" is not a policy: ${why}.`,
      hint: "Give a file that siege train wrote, as it wrote it.",
      ...(cause === undefined ? {} : { cause }),
    });
  // a FIFO or a device would be read for ever
  if (!stats.isFile()) throw invalid("it is no regular file");
  if (stats.size > MOST_BYTES) throw invalid(`it has ${stats.size} bytes`);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw invalid("it is not JSON", cause);
  }
  return parsePolicy(given, `"${file}"`);
}

/** Writes a policy. @throws SiegeError `POLICY_UNWRITABLE` */
export function writePolicy(file: string, policy: Policy): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(policy, undefined, 2)}\n`);
  } catch (cause) {
    throw new SiegeError("POLICY_UNWRITABLE", {
      message: `The policy cannot be written to "${file}": ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Name a file in a folder that may be written to: --out siege/policy.json.",
      cause,
    });
  }
}
