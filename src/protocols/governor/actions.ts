import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { Support } from "./calls.js";
import type { GovernorView, ProposalStatus } from "./view.js";

import { isSameAddress } from "../../quantity/address.js";
import { choose } from "../../quantity/share.js";

/** The simplest one first. */
const SUPPORTS: readonly Support[] = ["for", "against", "abstain"];

/** The free moves of a governor, in any order: a call that reverts now may follow one that makes it pass. */
export function governorActions(): readonly Action<GovernorView>[] {
  return [
    {
      name: "delegate",
      operands: 1,
      ordinary: true,
      build: ([whom = 0], { view, self, accounts, actsFor }) => {
        // oneself first
        const others = actsFor === "itself" ? [] : [...accounts.values()].filter((account) => account !== self);
        const to = choose(whom, [self, ...others]);
        return to === undefined || isSameAddress(view.delegateOf(self), to) ? undefined : view.delegate(to);
      },
    },
    {
      name: "castVote",
      operands: 2,
      ordinary: true,
      build: ([which = 0, how = 0], { view, self }) => {
        const open = [...view.proposals.values()].filter(
          (status) => (status.state === "pending" || status.state === "active") && !status.hasVoted(self),
        );
        const status = choose(which, open);
        const support = choose(how, SUPPORTS);
        return status === undefined || support === undefined ? undefined : view.castVote(status.proposal, support);
      },
    },
    onProposal("propose", ({ state }) => state === undefined),
    onProposal("queue", ({ state }) => state === "active" || state === "succeeded"),
    onProposal("execute", ({ state }) => state === "active" || state === "succeeded" || state === "queued"),
    onProposal("cancel", ({ state }) => state === "pending" || state === "active" || state === "queued"),
  ];
}

function onProposal(
  name: "propose" | "queue" | "execute" | "cancel",
  isCandidate: (status: ProposalStatus) => boolean,
): Action<GovernorView> {
  return {
    name,
    operands: 1,
    ordinary: false,
    build: ([which = 0], { view }: ActionContext<GovernorView>): ContractCall | undefined => {
      const status = choose(which, [...view.proposals.values()].filter(isCandidate));
      return status === undefined ? undefined : view[name](status.proposal);
    },
  };
}
