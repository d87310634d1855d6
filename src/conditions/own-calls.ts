import type { Address } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { View } from "../view/view.js";

import { addressKey, isSameAddress } from "../quantity/address.js";

/**
 * Who called something themselves in the last block, successfully; lower-case addresses.
 *
 * @param contract - calls of this one alone
 */
export function actedIn({ results, accounts }: View, contract?: Address): ReadonlySet<string> {
  return new Set(
    results.flatMap(({ agent, call, success }) => {
      const account = accounts.get(agent);
      if (!success || account === undefined) return [];
      return contract === undefined || calls(call, contract) ? [addressKey(account)] : [];
    }),
  );
}

function calls({ to, inner }: ContractCall, contract: Address): boolean {
  return isSameAddress(to, contract) || inner?.some((one) => calls(one, contract)) === true;
}
