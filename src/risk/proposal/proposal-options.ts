import type { Address } from "viem";

import type { ParameterValues } from "../../scenario/parameters/setter.js";

/** Options of `siege.proposal`. */
export interface ProposalOptions {
  /**
   * Who executes it without a vote: the timelock or the executor contract. Default: a governor's proposal is voted on; where it does not pass, it is
   * executed as what `timelock()` of its governor returns, and for a plain list as the owner of each contract. A call that is delegated needs it: its `executeTransaction` makes the call, as its owner.
   */
  readonly executor?: Address;
  /** The governor that a plain list of calls is proposed in. Default: none, nobody votes. */
  readonly governor?: Address;
  /** Who may vote, in this order: holders or their delegates. Default: who proposed it, and whom the governor's and the token's recent events name. */
  readonly voters?: readonly Address[];
  /** Signatures of functions whose calldata has none beside it, like `setFee(uint256)`. Those of the project's contracts are known. */
  readonly signatures?: readonly string[];
  /** Paths on which ruin is compared, 1 to 10,000,000. Default 200. */
  readonly paths?: number;
  /** Runs that are compared call by call. Default 20. */
  readonly runs?: number;
  /** Runs that the search may use before, and after each order. Default 100. */
  readonly attacks?: number;
  /** Of the intervals, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Values of the scenario's parameters, before and after. Default: none is set. */
  readonly parameters?: ParameterValues;
  /** Seed of paths, runs and searches. Default 1. */
  readonly seed?: number;
  /** Seconds after which it stops, with what it has. Default: none. */
  readonly timeLimit?: number;
  /** Stops it, with what it has. */
  readonly signal?: AbortSignal;
}

/** All names of them. */
export const PROPOSAL_OPTIONS: readonly (keyof ProposalOptions)[] = [
  "executor",
  "governor",
  "voters",
  "signatures",
  "paths",
  "runs",
  "attacks",
  "confidence",
  "parameters",
  "seed",
  "timeLimit",
  "signal",
];

/** The most proposals: of four, there are 24 orders. */
export const MOST_PROPOSALS = 4;
