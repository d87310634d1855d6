import type { Address, Hex } from "viem";

import type { Chain } from "../chain.js";
import type { AccountState, StateBundle } from "./state-bundle.js";
import type { StateSource } from "./state-source.js";

import { addressKey } from "../../../quantity/address.js";

/** A source that knows what it was asked for. */
interface LayeredSource extends StateSource {
  /** The bundle, and what was asked for besides. */
  united(): StateBundle;
}

/**
 * Forks from a bundle and, for what that does not hold, from a chain at its latest block.
 *
 * @param code - what stands at an address instead, in the fork alone
 */
export function layeredSource(
  bundle: StateBundle,
  chain: Chain,
  code: { readonly at: Address; readonly is: Hex },
): LayeredSource {
  const accounts = new Map<Address, AccountState>(Object.entries(bundle.accounts) as [Address, AccountState][]);
  const accountOf = async (asked: Address): Promise<AccountState> => {
    const address = addressKey(asked);
    const known = accounts.get(address) ?? { ...(await chain.account(address)), storage: {} };
    accounts.set(address, known);
    return known;
  };
  return {
    chainId: bundle.chainId,
    blockNumber: Number(bundle.block.number),
    block: bundle.block,
    ancestor: (number) => Promise.resolve(bundle.ancestors?.find((header) => Number(header.number) === number)),
    account: async (asked) => {
      const { storage: _storage, ...account } = await accountOf(asked);
      return addressKey(asked) === addressKey(code.at) ? { ...account, code: code.is } : account;
    },
    slot: async (asked, slot) => {
      const account = await accountOf(asked);
      const value = account.storage[slot] ?? (await chain.storage(asked, slot));
      // another request may have answered meanwhile
      const now = await accountOf(asked);
      accounts.set(addressKey(asked), { ...now, storage: { ...now.storage, [slot]: value } });
      return value;
    },
    united: () => ({ ...bundle, accounts: Object.fromEntries(accounts) }),
  };
}
