import type { Address } from "viem";

import type { LensReader } from "../../../engine/chain/lens-reader.js";
import type { ContractCall } from "../../../protocols/call.js";
import type { StoredProposal } from "../../../risk/proposal/proposal.js";

/** States of a proposal, in the order of the enumerations of Governor Bravo and of OpenZeppelin's Governor. */
export const STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;

/** A proposal as its governor reports it. Times are points of the governor's clock. */
export interface Voted {
  readonly state: (typeof STATES)[number];
  /** Votes count as held then. */
  readonly snapshot: bigint;
  /** The last time at which votes are cast. */
  readonly deadline: bigint;
  /** When it can be executed, seconds; 0 until it is queued. */
  readonly eta: bigint;
  readonly votesFor: bigint;
  readonly votesAgainst: bigint;
  /** Votes that the quorum counts. */
  readonly counted: bigint;
}

/** What of a governor passes proposals; Governor Bravo's and OpenZeppelin's differ in their calls. */
export interface Governing {
  readonly kind: "OpenZeppelin Governor" | "Governor Bravo";
  readonly governor: Address;
  /** Absent: it calls by itself. */
  readonly timelock?: Address;
  /** Whose votes count. */
  readonly token: Address;
  readonly clock: "blocks" | "seconds";
  /** Fewest votes of who proposes. */
  readonly threshold: bigint;
  /** Votes that an account had at a past time. */
  votesAt(account: Address, time: bigint): Promise<bigint>;
  /** Votes that a proposal needs whose votes are held at a past time. */
  quorumAt(time: bigint): Promise<bigint>;
  hasVoted(id: bigint, account: Address): Promise<boolean>;
  /** `undefined`: it does not know it. */
  voted(id: bigint): Promise<Voted | undefined>;
  /** The id that the governor gives a proposal with this content; `undefined` where it counts them. */
  idOf(stored: StoredProposal): Promise<bigint | undefined>;
  /** Whether what it has under this id are these calls. */
  isOf(id: bigint, stored: StoredProposal): Promise<boolean>;
  propose(stored: StoredProposal): ContractCall;
  support(id: bigint): ContractCall;
  queue(id: bigint, stored: StoredProposal): ContractCall;
  execute(id: bigint, stored: StoredProposal): ContractCall;
}

/** What a governor is looked at with. */
export interface Looking {
  readonly reader: LensReader;
  readonly governor: Address;
}
