import type { Address } from "viem";

import type { AccountState, StateBundle } from "../chain/state-upstream/state-bundle.js";

import { SiegeError } from "../../errors.js";

/**
 * Two parts of the state after one block, together.
 *
 * @throws SiegeError `SNAPSHOT_MISMATCH` if they are of different blocks
 */
export function uniteStates(one: StateBundle, other: StateBundle): StateBundle {
  if (one.chainId !== other.chainId || one.block.hash !== other.block.hash) {
    throw new SiegeError("SNAPSHOT_MISMATCH", {
      message: `State of ${named(one)} cannot be added to that of ${named(other)}.`,
      hint: "Set forking.blockNumber to the block of the file, or take a snapshot without --add.",
    });
  }
  const accounts = new Map<string, AccountState>(Object.entries(one.accounts));
  for (const [address, state] of Object.entries(other.accounts) as [Address, AccountState][]) {
    const known = accounts.get(address);
    accounts.set(address, known === undefined ? state : { ...state, storage: { ...known.storage, ...state.storage } });
  }
  const ancestors = new Map(
    [...(one.ancestors ?? []), ...(other.ancestors ?? [])].map((header) => [Number(header.number), header]),
  );
  return {
    chainId: one.chainId,
    block: one.block,
    ...(ancestors.size === 0 ? {} : { ancestors: [...ancestors.values()] }),
    accounts: Object.fromEntries(accounts),
  };
}

function named({ chainId, block }: StateBundle): string {
  return `block ${Number(block.number)} (${String(block.hash)}) of chain ${chainId}`;
}
