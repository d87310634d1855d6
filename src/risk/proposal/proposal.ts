import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";

/** A call that a proposal makes. */
export interface ProposedCall {
  readonly call: ContractCall;
  /** Whether its executor runs the code as its own, by `delegatecall`. */
  readonly delegates: boolean;
}

/** What a governor keeps of a proposal, as it keeps it. */
export interface StoredProposal {
  readonly targets: readonly Address[];
  /** wei */
  readonly values: readonly bigint[];
  /** Empty, or one for each call, which is empty where its calldata begins with the selector. */
  readonly signatures: readonly string[];
  readonly calldatas: readonly Hex[];
  readonly description: string;
  /** Who proposed it, if that is known. */
  readonly proposer?: Address;
}

/** A proposal as it was read: what it would do, and who says so. */
export interface Proposal {
  /** Its description's first line, or what the file is called. */
  readonly name: string;
  readonly calls: readonly ProposedCall[];
  /** Absent for Aave's payloads, whose votes are on another chain. */
  readonly stored?: StoredProposal;
  /** The governor that it was made in; absent for a plain list of calls. */
  readonly governor?: Address;
  /** Its id there, if it is known. */
  readonly id?: bigint;
  /** The chain that it is for, if it says so. */
  readonly chainId?: number;
  /** Whether it says itself that it has been executed. */
  readonly executed: boolean;
}

/** A function by its selector, for calldata that has none beside it. */
export type KnownFunctions = ReadonlyMap<Hex, ContractCall["function"]>;
