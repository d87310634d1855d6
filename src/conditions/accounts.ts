import type { Address } from "viem";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";
import { accountOf } from "../view/accounts.js";

/** An account with what it is called in evidence. */
export interface NamedAccount {
  readonly name: string;
  readonly address: Address;
}

/**
 * Accounts that an option lists, by name or address.
 *
 * @throws SiegeError `UNKNOWN_ACCOUNT` with the names that exist
 */
export function accountsNamed(
  entries: readonly string[],
  accounts: ReadonlyMap<string, Address>,
): readonly NamedAccount[] {
  return distinct(
    entries.map((entry) =>
      isAddress(entry)
        ? { name: nameOf(entry, accounts), address: entry }
        : { name: entry, address: accountOf(accounts, entry) },
    ),
  );
}

/** All accounts of a scenario: its agents, those it names, and the target unless it is left out. */
export function accountsOf(
  accounts: ReadonlyMap<string, Address>,
  { except }: { readonly except?: Address } = {},
): readonly NamedAccount[] {
  return distinct(
    [...accounts]
      .filter(([, address]) => address.toLowerCase() !== except?.toLowerCase())
      .map(([name, address]) => ({ name, address })),
  );
}

/** What the scenario calls an address; the address itself where it has no name. */
export function nameOf(address: Address, accounts: ReadonlyMap<string, Address>): string {
  for (const [name, account] of accounts) if (account.toLowerCase() === address.toLowerCase()) return name;
  return address;
}

/** Checks an option that lists accounts. @throws SiegeError `INVALID_OPTION` */
export function requireAccountList(owner: string, option: string, list: readonly string[] | undefined): void {
  // plain JavaScript has no types to rely on
  const given: unknown = list;
  if (given === undefined) return;
  if (Array.isArray(given) && given.length > 0 && given.every((entry) => typeof entry === "string")) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${Array.isArray(given) && given.length === 0 ? "an empty list" : "no list of names"}.`,
    hint: `List accounts by name or address, or leave it out: ${option}: ["alice"].`,
  });
}

/** An address that has two names is one account, by the first of them. */
function distinct(accounts: readonly NamedAccount[]): readonly NamedAccount[] {
  const seen = new Set<string>();
  return accounts.filter(({ address }) => {
    const isNew = !seen.has(address.toLowerCase());
    seen.add(address.toLowerCase());
    return isNew;
  });
}
