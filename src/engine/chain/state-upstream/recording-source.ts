import type { Address, Hex } from "viem";

import type { Chain } from "../chain.js";
import type { AccountState, BlockHeader, StateBundle } from "./state-bundle.js";
import type { StateSource } from "./state-source.js";

import { addressKey } from "../../../quantity/address.js";

/** A source that records the requests it serves, as a bundle that serves exactly those. */
export interface RecordingSource extends StateSource {
  bundle(): StateBundle;
}

/**
 * Forks from a chain at its latest block, which must not move meanwhile. The bundle is complete because it records every
 * request that the fork makes.
 *
 * @param forkedFrom - the id of the chain to name, if the chain is a fork whose own id is another. Default: its own
 */
export async function recordingSource(chain: Chain, forkedFrom?: number): Promise<RecordingSource> {
  const block = headerOf(await chain.latestRaw());
  const chainId = forkedFrom ?? (await chain.chainId());
  const accounts = new Map<Address, Omit<AccountState, "storage">>();
  const storage = new Map<Address, Map<Hex, Hex>>();
  const ancestors = new Map<number, BlockHeader>();
  const account = async (asked: Address): Promise<Omit<AccountState, "storage">> => {
    const address = addressKey(asked);
    const known = accounts.get(address) ?? (await chain.account(address));
    accounts.set(address, known);
    return known;
  };
  return {
    chainId,
    blockNumber: Number(block.number),
    block,
    ancestor: async (blockNumber) => {
      const known = ancestors.get(blockNumber) ?? (await chain.rawHeader(blockNumber));
      if (known === undefined) return undefined;
      ancestors.set(blockNumber, headerOf(known));
      return ancestors.get(blockNumber);
    },
    account,
    slot: async (asked, slot) => {
      // a slot is recorded within its account
      await account(asked);
      const address = addressKey(asked);
      const slots = storage.get(address) ?? new Map<Hex, Hex>();
      storage.set(address, slots);
      const value = slots.get(slot) ?? (await chain.storage(address, slot));
      slots.set(slot, value);
      return value;
    },
    bundle: () => ({
      chainId,
      block,
      ...(ancestors.size === 0 ? {} : { ancestors: [...ancestors.values()] }),
      accounts: Object.fromEntries(
        [...accounts].map(([address, state]) => [
          address,
          { ...state, storage: Object.fromEntries(storage.get(address) ?? []) },
        ]),
      ),
    }),
  };
}

/** A header without its block's contents: a fork starts after it. */
function headerOf({
  transactions: _transactions,
  uncles: _uncles,
  withdrawals: _withdrawals,
  ...header
}: BlockHeader): BlockHeader {
  return { ...header, transactions: [], uncles: [] };
}
