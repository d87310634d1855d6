import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/**
 * The next useful step towards passing a proposal:
 *
 * - `propose`: it has not been made;
 * - `hold`: votes held at the end of its snapshot will count, so votes borrowed within one transaction never do;
 * - `vote`: its snapshot is past, and votes held then count whether they are still held or not;
 * - `queue`, `execute`: it has passed, and is not in the timelock yet, or the timelock's delay is over;
 * - `wait`: it is in the timelock;
 * - `over`: it failed, was cancelled, or was executed.
 */
export type GovernanceStep = "propose" | "hold" | "vote" | "queue" | "wait" | "execute" | "over";

/** A proposal that can be made, and its status. */
export interface GovernanceProposal {
  /** Votes in favour needed to pass, independent of those cast so far: the quorum, and more than those against. Base units. */
  readonly votesToPass: bigint;
  /** Whether it has passed, or would pass with the votes cast so far. */
  readonly isPassing: boolean;
  /** Whether an account has voted on it. */
  hasVoted(account: Address): boolean;
  /**
   * The next useful step in the block being built.
   *
   * @param timestamp - that block's, seconds: `view.timestamp`
   */
  nextStep(timestamp: number): GovernanceStep;
  /** Makes it. */
  propose(): ContractCall;
  /** Votes in favour. */
  support(): ContractCall;
  /** Queues it in the timelock. */
  queue(): ContractCall;
  /** Executes it. */
  execute(): ContractCall;
}

/** A protocol governed by the holders of a token, as voters see a governor. */
export interface Governance {
  /** The token whose votes count. */
  readonly token: Token;
  /** Votes that a proposer needs, base units. */
  readonly proposalThreshold: bigint;
  /** The proposals that can be made, by name. */
  readonly proposals: ReadonlyMap<string, GovernanceProposal>;
  /** An account's current voting power, including votes delegated to it; 0 for accounts that the scenario does not know. */
  votesOf(account: Address): bigint;
  /** The account that an account's tokens are delegated to; `undefined`: none, so they do not count. */
  delegateOf(account: Address): Address | undefined;
  /** Delegates the caller's votes to an account. */
  delegate(to: Address): ContractCall;
}

/** The role of a protocol governed by the holders of a token. */
export const governance: Role<Governance> = defineRole<Governance>("governance", {
  example: "{ dao: governor(address, { proposals }) }",
});
