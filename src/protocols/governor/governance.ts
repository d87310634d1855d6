import type { Governance, GovernanceProposal } from "../roles/governance.js";
import type { GovernorView, ProposalStatus } from "./view.js";

/** What voters see of a governor with simple counting: abstentions count towards the quorum. */
export function governorGovernance(view: GovernorView): Governance {
  return {
    token: view.token,
    proposalThreshold: view.proposalThreshold,
    proposals: new Map([...view.proposals].map(([name, status]) => [name, proposalOf(view, status)])),
    votesOf: (account) => view.votesOf(account),
    delegateOf: (account) => view.delegateOf(account),
    delegate: (to) => view.delegate(to),
  };
}

function proposalOf(view: GovernorView, status: ProposalStatus): GovernanceProposal {
  const { proposal, state, votes } = status;
  const majority = votes.against + 1n;
  return {
    votesToPass: majority > view.quorum ? majority : view.quorum,
    isPassing: state === "queued" || (votes.for > votes.against && votes.for + votes.abstain >= view.quorum),
    hasVoted: (account) => status.hasVoted(account),
    nextStep: (timestamp) => view.nextStep(status, timestamp),
    propose: () => view.propose(proposal),
    support: () => view.castVote(proposal, "for"),
    queue: () => view.queue(proposal),
    execute: () => view.execute(proposal),
  };
}
