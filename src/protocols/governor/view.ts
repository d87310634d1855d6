import type { Address } from "viem";

import type { ReadPlan } from "../read-plan.js";
import type { GovernanceStep } from "../roles/governance.js";
import type { Token } from "../token.js";
import type { GovernorCalls } from "./calls.js";
import type { Proposal } from "./proposals.js";

import { addressKey } from "../../quantity/address.js";
import { all, attempt, constant, list, map, read } from "../read-plan.js";

import { governorAbi, timelockAbi, votesAbi } from "./abi.js";
import { governorCalls } from "./calls.js";

/** The facts of a governor, read once. */
export interface GovernorFacts {
  readonly governor: Address;
  readonly token: Token;
  /** `undefined`: the governor itself executes proposals. */
  readonly timelock: Address | undefined;
  /** The unit of timepoints (snapshots, deadlines, delays, periods). */
  readonly clockMode: "blocknumber" | "timestamp";
  /** The timepoint of the base state. */
  readonly base: number;
  readonly proposals: readonly Proposal[];
}

/** States of a proposal, in the order of IGovernor's enumeration. */
const STATES = ["pending", "active", "canceled", "defeated", "succeeded", "queued", "expired", "executed"] as const;

/** The state of a proposal, as the governor reports it after the observed block. */
export type ProposalState = (typeof STATES)[number];

/** A proposal's present status. */
export interface ProposalStatus {
  readonly proposal: Proposal;
  /** `undefined`: not proposed yet. */
  readonly state: ProposalState | undefined;
  /** Votes are counted as held at the end of this timepoint. */
  readonly snapshot: bigint;
  /** The last timepoint at which votes can be cast. */
  readonly deadline: bigint;
  /** When the timelock allows its execution, seconds; 0 until it is queued. */
  readonly eta: bigint;
  /** Votes, base units of the token. */
  readonly votes: { readonly against: bigint; readonly for: bigint; readonly abstain: bigint };
  /** Whether an account has voted on it. */
  hasVoted(account: Address): boolean;
}

/** What agents see of a governor. */
export interface GovernorView extends GovernorCalls {
  readonly governor: Address;
  readonly token: Token;
  readonly clockMode: GovernorFacts["clockMode"];
  /** The timepoint of the observed block. */
  readonly clock: bigint;
  /** From a proposal to its snapshot, and from the snapshot to its deadline, timepoints. */
  readonly votingDelay: bigint;
  readonly votingPeriod: bigint;
  /** Votes that a proposer must have held one timepoint ago, base units of the token. */
  readonly proposalThreshold: bigint;
  /** The votes for and abstaining that a proposal needs, base units, at the present supply. */
  readonly quorum: bigint;
  /** The timelock's delay, seconds; 0 without a timelock. */
  readonly timelockDelay: bigint;
  /** The proposals that can be made, by name. */
  readonly proposals: ReadonlyMap<string, ProposalStatus>;
  /** An account's present votes, its own and those delegated to it; 0 for accounts that the scenario does not know. */
  votesOf(account: Address): bigint;
  /** The delegate of an account's votes; `undefined`: not delegated, so they do not count. */
  delegateOf(account: Address): Address | undefined;
  /**
   * The next useful step for a proposal in the block being built.
   *
   * @param timestamp - that block's, seconds: `view.timestamp`
   */
  nextStep(status: ProposalStatus, timestamp: number): GovernanceStep;
}

/** The reads of a governor in every block. */
export function governorPlan(facts: GovernorFacts, accounts: readonly Address[]): ReadPlan<GovernorView> {
  const { governor: address, token, timelock, base } = facts;
  const governor = { address, abi: governorAbi } as const;
  const votes = { address: token.address, abi: votesAbi } as const;
  const plan = all({
    clock: read({ ...governor, functionName: "clock" }),
    votingDelay: read({ ...governor, functionName: "votingDelay" }),
    votingPeriod: read({ ...governor, functionName: "votingPeriod" }),
    proposalThreshold: read({ ...governor, functionName: "proposalThreshold" }),
    // a quorum can only be queried for the past: as a share of the supply it is also known for the present
    numerator: attempt(read({ ...governor, functionName: "quorumNumerator" })),
    denominator: attempt(read({ ...governor, functionName: "quorumDenominator" })),
    supply: read({ ...votes, functionName: "totalSupply" }),
    quorumAtBase: attempt(read({ ...governor, functionName: "quorum", args: [BigInt(base)] })),
    timelockDelay:
      timelock === undefined
        ? constant(0n)
        : read({ address: timelock, abi: timelockAbi, functionName: "getMinDelay" }),
    accounts: list(
      accounts.map((account) =>
        all({
          votes: read({ ...votes, functionName: "getVotes", args: [account] }),
          delegate: read({ ...votes, functionName: "delegates", args: [account] }),
        }),
      ),
    ),
    proposals: list(facts.proposals.map((proposal) => statusPlan(address, proposal, accounts))),
  });
  return map(plan, (reading) => {
    const { numerator, denominator, supply, quorumAtBase = 0n, clock } = reading;
    const known = new Map(accounts.map((account, index) => [addressKey(account), reading.accounts[index]]));
    return {
      governor: address,
      token,
      clockMode: facts.clockMode,
      clock: BigInt(clock),
      votingDelay: reading.votingDelay,
      votingPeriod: reading.votingPeriod,
      proposalThreshold: reading.proposalThreshold,
      quorum: numerator === undefined || denominator === undefined ? quorumAtBase : (supply * numerator) / denominator,
      timelockDelay: reading.timelockDelay,
      proposals: new Map(reading.proposals.map((status) => [status.proposal.name, status])),
      votesOf: (account) => known.get(addressKey(account))?.votes ?? 0n,
      delegateOf: (account) => {
        const delegate = known.get(addressKey(account))?.delegate;
        return delegate === undefined || BigInt(delegate) === 0n ? undefined : delegate;
      },
      nextStep: (status, timestamp) =>
        stepOf(status, {
          clock: facts.clockMode === "timestamp" ? BigInt(timestamp) : BigInt(clock) + 1n,
          timestamp: BigInt(timestamp),
          needsQueueing: timelock !== undefined,
        }),
      ...governorCalls(address, token.address),
    };
  });
}

function statusPlan(address: Address, proposal: Proposal, accounts: readonly Address[]): ReadPlan<ProposalStatus> {
  const governor = { address, abi: governorAbi } as const;
  const args = [proposal.id] as const;
  const plan = all({
    // reverts while the proposal does not exist
    state: attempt(read({ ...governor, functionName: "state", args })),
    snapshot: read({ ...governor, functionName: "proposalSnapshot", args }),
    deadline: read({ ...governor, functionName: "proposalDeadline", args }),
    // governors without a timelock before version 5 do not have it
    eta: attempt(read({ ...governor, functionName: "proposalEta", args })),
    votes: read({ ...governor, functionName: "proposalVotes", args }),
    voted: list(
      accounts.map((account) => read({ ...governor, functionName: "hasVoted", args: [proposal.id, account] })),
    ),
  });
  return map(plan, ({ state, snapshot, deadline, eta = 0n, votes: [against, inFavour, abstain], voted }) => {
    const voters = new Set(accounts.filter((_, index) => voted[index]).map((account) => addressKey(account)));
    return {
      proposal,
      state: state === undefined ? undefined : STATES[state],
      snapshot,
      deadline,
      eta,
      votes: { against, for: inFavour, abstain },
      hasVoted: (account) => voters.has(addressKey(account)),
    };
  });
}

interface Moment {
  /** The timepoint of the block being built. */
  readonly clock: bigint;
  readonly timestamp: bigint;
  readonly needsQueueing: boolean;
}

/** Final states. */
const FINAL: ReadonlySet<ProposalState> = new Set(["canceled", "defeated", "expired", "executed"]);

/** A governor reports a proposal's state after the last block; the clock advances before the next call. */
function stepOf({ state, snapshot, deadline, eta }: ProposalStatus, moment: Moment): GovernanceStep {
  const { clock, timestamp, needsQueueing } = moment;
  if (state === undefined) return "propose";
  if (FINAL.has(state)) return "over";
  if (state === "queued") return timestamp >= eta ? "execute" : "wait";
  if (clock <= snapshot) return "hold";
  if (clock <= deadline) return "vote";
  // still active after the last block that counts, it may have been defeated: a reverting call will tell
  return needsQueueing ? "queue" : "execute";
}
