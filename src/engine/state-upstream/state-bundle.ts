import type { Address, Hex } from "viem";

/** What is known of an account: everything but its storage is known or nothing is. */
export interface AccountState {
  /** wei */
  readonly balance: Hex;
  readonly nonce: Hex;
  /** `0x`: no contract */
  readonly code: Hex;
  /** Slots of 32 bytes with their values of 32 bytes; a slot that is not in it is unknown, not zero. */
  readonly storage: Readonly<Record<Hex, Hex>>;
}

/** The state after one block, as far as it was needed. Plain data. */
export interface StateBundle {
  readonly chainId: number;
  /** The block's header as JSON-RPC gives it, without transactions. */
  readonly block: Readonly<Record<string, unknown>>;
  /** By lower-case address. */
  readonly accounts: Readonly<Record<Address, AccountState>>;
}
