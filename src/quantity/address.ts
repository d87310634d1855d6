import type { Address } from "viem";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";

/**
 * Checks an address given by the user.
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
