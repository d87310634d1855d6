import type { Hex } from "viem";

import type { JsonTransaction } from "../../order-flow/recorded.js";
import type { StateBundle } from "../chain/state-upstream/state-bundle.js";

/** The first field of every snapshot. */
export const SNAPSHOT_FORMAT = "hardhat-siege snapshot";

/** The version of the format. Any other is refused. */
export const SNAPSHOT_VERSION = 1;

/** The simulated network on which a snapshot was taken: what a fork executes depends on these three. */
export interface SnapshotNetwork {
  /** That of the simulated network, which need not be that of the chain it forks from. */
  readonly chainId: number;
  /** `l1`, `op` or `generic`. */
  readonly chainType: string;
  readonly hardfork: string;
}

/** An order that was signed off chain, as whoever received it keeps it. Its fields are the protocol's own affair. */
export type SignedOrder = Readonly<Record<string, unknown>>;

/**
 * A fork in a file: the state after one block, as far as scenarios touch it. What it does not hold is unknown, not zero. Plain data.
 */
export interface ForkSnapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly version: typeof SNAPSHOT_VERSION;
  readonly network: SnapshotNetwork;
  /** The chain that was forked, its block and the state after it. */
  readonly state: StateBundle;
  /** Transactions that waited for the next block, or were in it. */
  readonly pending: readonly JsonTransaction[];
  readonly orders: readonly SignedOrder[];
}

/** A snapshot as its file has it. */
export interface StoredSnapshot {
  readonly snapshot: ForkSnapshot;
  /** SHA-256 of the canonical JSON of the rest. */
  readonly checksum: Hex;
  /** Of the compressed file. */
  readonly bytes: number;
}

/** The number of the block that a snapshot forks from. */
export function blockOf({ state }: ForkSnapshot): number {
  return Number(state.block.number);
}
