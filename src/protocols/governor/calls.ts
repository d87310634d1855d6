import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Proposal } from "./proposals.js";

import { call } from "../call.js";

import { governorAbi, votesAbi } from "./abi.js";

/** The choices of a vote, with their values in GovernorCountingSimple. */
const SUPPORT = { against: 0, for: 1, abstain: 2 } as const;

/** A vote's choice. */
export type Support = keyof typeof SUPPORT;

/** Builders of voters' calls. */
export interface GovernorCalls {
  /** Delegates the caller's votes, including those of tokens that it receives later. */
  delegate(to: Address): ContractCall;
  /** Makes a proposal. */
  propose(proposal: Proposal): ContractCall;
  /** Votes on a proposal. */
  castVote(proposal: Proposal, support: Support): ContractCall;
  /** Queues it in the timelock. */
  queue(proposal: Proposal): ContractCall;
  /** Executes a proposal that has passed. */
  execute(proposal: Proposal): ContractCall;
  /** By the guardian; by the proposer while the proposal is pending. */
  cancel(proposal: Proposal): ContractCall;
}

/** The calls of one governor and its token. */
export function governorCalls(address: Address, token: Address): GovernorCalls {
  const governor = { address, abi: governorAbi } as const;
  return {
    delegate: (to) => call({ address: token, abi: votesAbi, functionName: "delegate", args: [to] }),
    propose: ({ targets, values, calldatas, name }) =>
      call({ ...governor, functionName: "propose", args: [targets, values, calldatas, name] }),
    castVote: ({ id }, support) => call({ ...governor, functionName: "castVote", args: [id, SUPPORT[support]] }),
    queue: (proposal) => call({ ...governor, functionName: "queue", args: whole(proposal) }),
    execute: (proposal) => call({ ...governor, functionName: "execute", args: whole(proposal) }),
    cancel: (proposal) => call({ ...governor, functionName: "cancel", args: whole(proposal) }),
  };
}

function whole({ targets, values, calldatas, descriptionHash }: Proposal) {
  return [targets, values, calldatas, descriptionHash] as const;
}
