import type { Address, Hex } from "viem";

/** A block's header as JSON-RPC returns it, without transactions. */
export type BlockHeader = Readonly<Record<string, unknown>>;

/**
 * What is known of an account: either everything but its storage, or nothing. An account known not to exist has
 * zero balance and nonce (`0x0`), code `0x` and no storage; an unknown account is left out.
 */
export interface AccountState {
  /** wei */
  readonly balance: Hex;
  readonly nonce: Hex;
  /** `0x`: no contract */
  readonly code: Hex;
  /** 32-byte slots with their 32-byte values; a slot that is absent is unknown, not zero. */
  readonly storage: Readonly<Record<Hex, Hex>>;
}

/** The state after one block, as far as it was needed. Plain data. */
export interface StateBundle {
  readonly chainId: number;
  readonly block: BlockHeader;
  /** Earlier blocks, in any order, if their hashes are requested. */
  readonly ancestors?: readonly BlockHeader[];
  /** By lower-case address. */
  readonly accounts: Readonly<Record<Address, AccountState>>;
}
