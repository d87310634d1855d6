import type { Address } from "viem";

import { getAddress, keccak256, sliceHex, stringToHex } from "viem";

import { oneOf, SiegeError } from "../errors.js";

/** The address of an agent: it depends on the name alone, not on the machine or the fork block. */
export function agentAddress(name: string): Address {
  return getAddress(sliceHex(keccak256(stringToHex(`hardhat-siege agent ${name}`)), 12));
}

/**
 * The account with a name.
 * @throws SiegeError `UNKNOWN_ACCOUNT`, for example if a saved trace names an agent that the scenario no longer has
 */
export function accountOf(accounts: ReadonlyMap<string, Address>, name: string): Address {
  const account = accounts.get(name);
  if (account === undefined) {
    throw new SiegeError("UNKNOWN_ACCOUNT", {
      message: `The scenario has no agent or account "${name}".`,
      hint: oneOf(accounts.keys(), "Add it to the scenario's agents."),
    });
  }
  return account;
}
