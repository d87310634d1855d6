import type { Address } from "viem";

import { isRecord, requireAddress, requireValue } from "./check.js";
import { requireName, requireUnreserved } from "./names.js";

/** Checks the additional accounts. */
export function buildAccounts(accounts: unknown): ReadonlyMap<string, Address> {
  const built = new Map<string, Address>();
  if (accounts === undefined) return built;
  requireValue(
    "accounts",
    accounts,
    isRecord(accounts),
    "List addresses by name: accounts: { alice: alice.account.address }.",
  );
  for (const [name, address] of Object.entries(accounts)) {
    requireName("accounts", name);
    requireUnreserved(`accounts.${name}`, name);
    requireAddress(`accounts.${name}`, address);
    built.set(name, address);
  }
  return built;
}
