import type { Address, Hex } from "viem";

import type { AccountState, BlockHeader, StateBundle } from "./state-bundle.js";

import { addressKey } from "../../../quantity/address.js";

/** A source to fork from: one block and the state after it. */
export interface StateSource {
  /** What it is called where something is missing. Default: the state. */
  readonly name?: string;
  readonly chainId: number;
  readonly blockNumber: number;
  readonly block: BlockHeader;
  /** An earlier block, requested by the BLOCKHASH opcode. `undefined`: not known. */
  ancestor?(blockNumber: number): Promise<BlockHeader | undefined>;
  /** `undefined`: not known, which is not the same as empty. */
  account(address: Address): Promise<Omit<AccountState, "storage"> | undefined>;
  /** `undefined`: not known, which is not the same as zero. */
  slot(address: Address, slot: Hex): Promise<Hex | undefined>;
}

/** Forks from a bundle and nothing else. */
export function bundleSource(bundle: StateBundle): StateSource {
  const account = (address: Address): AccountState | undefined => bundle.accounts[addressKey(address)];
  return {
    chainId: bundle.chainId,
    blockNumber: Number(bundle.block.number),
    block: bundle.block,
    ancestor: (blockNumber) =>
      Promise.resolve(bundle.ancestors?.find((header) => Number(header.number) === blockNumber)),
    account: (address) => Promise.resolve(account(address)),
    slot: (address, slot) => Promise.resolve(account(address)?.storage[slot]),
  };
}
