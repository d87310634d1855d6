import type { Address } from "viem";

import type { ConditionInspectContext } from "./condition.js";

import { isAddress } from "viem";

import { SiegeError } from "../errors.js";
import { addressKey, isSameAddress } from "../quantity/address.js";
import { accountOf } from "../view/accounts.js";

/** An account with its name in evidence. */
export interface NamedAccount {
  readonly name: string;
  readonly address: Address;
}

/**
 * The accounts that an option lists, by name or address.
 *
 * @throws SiegeError `UNKNOWN_ACCOUNT` with the known names
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

/** All accounts of a scenario: its agents, the accounts it names, and the target unless it is left out. */
export function accountsOf(
  accounts: ReadonlyMap<string, Address>,
  { except }: { readonly except?: Address } = {},
): readonly NamedAccount[] {
  return distinct(
    [...accounts]
      .filter(([, address]) => !isSameAddress(address, except))
      .map(([name, address]) => ({ name, address })),
  );
}

/**
 * All accounts of a scenario, except the target and other contracts: a simulated call from a contract would replace its code,
 * which others may call meanwhile.
 */
export async function accountsWithoutCode({
  accounts,
  target,
  hasCode,
}: Pick<ConditionInspectContext, "accounts" | "target" | "hasCode">): Promise<readonly NamedAccount[]> {
  const found: NamedAccount[] = [];
  for (const account of accountsOf(accounts, { except: target.address })) {
    if (!(await hasCode(account.address))) found.push(account);
  }
  return found;
}

/** The scenario's name for an address, or the address itself if it has none. */
export function nameOf(address: Address, accounts: ReadonlyMap<string, Address>): string {
  for (const [name, account] of accounts) if (isSameAddress(account, address)) return name;
  return address;
}

/** Checks an option that lists accounts. @throws SiegeError `INVALID_OPTION` */
export function requireAccountList(owner: string, option: string, list: readonly string[] | undefined): void {
  // plain JavaScript callers have no types
  const given: unknown = list;
  if (given === undefined) return;
  if (Array.isArray(given) && given.length > 0 && given.every((entry) => typeof entry === "string")) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: "${option}" is ${Array.isArray(given) && given.length === 0 ? "an empty list" : "not a list of names"}.`,
    hint: `List accounts by name or address, or leave it out: ${option}: ["alice"].`,
  });
}

/** Removes duplicates: an address with two names is one account, under the first of them. */
function distinct(accounts: readonly NamedAccount[]): readonly NamedAccount[] {
  const seen = new Set<string>();
  return accounts.filter(({ address }) => {
    const isNew = !seen.has(addressKey(address));
    seen.add(addressKey(address));
    return isNew;
  });
}
