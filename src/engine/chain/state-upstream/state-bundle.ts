import type { Address, Hex } from "viem";

/** A block's header as JSON-RPC gives it, without transactions. */
export type BlockHeader = Readonly<Record<string, unknown>>;

/**
 * What is known of an account: everything but its storage is known or nothing is. One that is known not to exist has
 * balance and nonce `0x0`, code `0x` and no storage; one that is not known is left out.
 */
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
  readonly block: BlockHeader;
  /** Blocks before it, in any order, where something asks for their hashes. */
  readonly ancestors?: readonly BlockHeader[];
  /** By lower-case address. */
  readonly accounts: Readonly<Record<Address, AccountState>>;
}
