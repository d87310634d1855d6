import type { Address, Hex } from "viem";

import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { DiffOutcomes, DiffRun } from "../../engine/diff/diff-result.js";
import type { Threshold } from "../../engine/minimise/certificate.js";
import type { PathProbability } from "../ruin/ruin-result.js";

/** A call that the proposal makes, decoded. Plain data. */
export interface ProposalAction {
  readonly to: Address;
  /** `setLoanLimit(9000)`. */
  readonly text: string;
  /** wei; absent if it sends none. */
  readonly value?: string;
  /** Whether the executor runs the code at `to` as its own. */
  readonly delegates: boolean;
  /** Storage that it changes by itself, on the state as it is. Absent where it cannot be traced. */
  readonly changes?: readonly StorageChange[];
}

/** A transaction by which a proposal passes. */
export interface VoteStep {
  readonly what: "delegate" | "propose" | "vote" | "queue";
  readonly by: Address;
  /** Blocks and seconds after the block that the scenario is at. */
  readonly block: number;
  readonly seconds: number;
}

/** How a proposal passed in its governor, before it was executed. */
export interface ProposalVote {
  readonly governor: Address;
  readonly kind: "OpenZeppelin Governor" | "Governor Bravo";
  /** Where it was queued; absent for a governor that calls by itself. */
  readonly timelock?: Address;
  /** Its id, decimal. */
  readonly id: string;
  /** Whether the governor had it already. */
  readonly found: boolean;
  /** In their order. Whoever had voted before is none of them. */
  readonly steps: readonly VoteStep[];
  /** Votes in the end, and those that it needed; base units of the token, decimal. */
  readonly votesFor: string;
  readonly votesAgainst: string;
  readonly votesNeeded: string;
  /** Decimals of the token; 18 if it does not say. */
  readonly decimals: number;
  /** Blocks and seconds until it can be executed, of this vote and of those that are held at the same time. */
  readonly blocks: number;
  readonly seconds: number;
}

/** A part of a slot that has several. */
export interface ChangedPart {
  readonly name: string;
  /** Decimal. */
  readonly from: string;
  readonly to: string;
}

/** A slot of a contract's storage. */
export interface StorageChange {
  readonly address: Address;
  readonly slot: Hex;
  /** The view that reads it, such as `loanLimit()` or `balanceOf(0x…)`; absent where none is known. */
  readonly name?: string;
  /** The parts that differ, of a configuration of Aave's. */
  readonly parts?: readonly ChangedPart[];
  readonly from: Hex;
  readonly to: Hex;
}

/** A difference of probabilities. */
export interface RuinDifference {
  /** After minus before. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
}

/** Ruin before and after, on the same paths. */
export interface ProposalRuin {
  readonly paths: number;
  readonly before: PathProbability;
  readonly after: PathProbability;
  /** Paths, counted from 1, that are ruined on one side alone. */
  readonly onlyBefore: readonly number[];
  readonly onlyAfter: readonly number[];
  readonly difference: RuinDifference;
}

/** A violation that a search found on one side. */
export interface ProposalFinding {
  readonly condition: string;
  readonly cause: string;
  readonly summary: string;
  /** Blocks and steps of its minimal run. */
  readonly block: number;
  readonly steps: number;
  /** Whether it needs a move of a price, a feed or the gas market. */
  readonly needsMarket: boolean;
  /** The sizes of these moves between which it breaks: the smallest that turn the change harmful. */
  readonly moves: readonly Threshold[];
  /** Relative to the project's root; absent if it could not be written. */
  readonly reproduction?: string;
}

/** What one order of execution of the proposals does. */
export interface ProposalOrder {
  /** The proposals in the order in which they are executed. */
  readonly order: readonly string[];
  /** Why it cannot be executed in this order; what follows is absent then. */
  readonly refused?: string;
  readonly ruin?: ProposalRuin;
  /** The same runs before and after, one transaction per call. */
  readonly outcomes?: DiffOutcomes;
  /** Runs that ended otherwise, with the first call that differs. */
  readonly changed?: readonly DiffRun[];
  /** Causes that a search found after and not before, and the other way round. */
  readonly appeared?: readonly ProposalFinding[];
  readonly vanished?: readonly ProposalFinding[];
}

/** What `siege.proposal` returns. Plain data. */
export interface ProposalResult {
  readonly scenario: string;
  readonly target: string;
  readonly forkBlock: number;
  readonly proposals: readonly {
    readonly name: string;
    /** Whose calls they are: an address, or `owner` for the owner of each contract. */
    readonly executor: Address | "owner";
    /** How it passed; its governor executes it then. Absent: nobody voted. */
    readonly vote?: ProposalVote;
    /** Why nobody voted, if it has a governor and no executor was named. */
    readonly unvoted?: string;
    readonly actions: readonly ProposalAction[];
  }[];
  /** Every order of execution; one for a single proposal. */
  readonly orders: readonly ProposalOrder[];
  /**
   * `harmful`: in some order, something broke that did not break before; `reverts`: in some order it cannot be executed, and no order is
   * harmful; `no alarm`: neither, in the paths, runs and searches that were played.
   */
  readonly verdict: "harmful" | "reverts" | "no alarm" | "incomplete";
  readonly seed: number;
  /** Set if it was stopped before its end. */
  readonly cut?: Interruption["reason"];
  readonly seconds: number;
}
