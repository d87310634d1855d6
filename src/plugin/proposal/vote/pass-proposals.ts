import type { ProposalVote } from "../../../risk/proposal/proposal-result.js";
import type { TimedCall } from "../../../scenario/scenario.js";
import type { Votable } from "./ballot.js";
import type { Workplace } from "./voting-chain.js";

import { erc20Abi } from "viem";

import { attempt, read } from "../../../protocols/read-plan.js";

import { Ballot, NotPassed } from "./ballot.js";
import { VotingChain } from "./voting-chain.js";

/** A proposal that has passed, or why it has not. */
export type Passed = { readonly vote: ProposalVote; readonly execution: TimedCall } | { readonly unvoted: string };

/** What passes proposals, and where each of them is then. */
export interface Passage {
  /** All steps, and the time until the last one of them can be executed. */
  readonly sequence: readonly TimedCall[];
  /** In the order of the proposals; `undefined` for one that is not to be voted on. */
  readonly proposals: readonly (Passed | undefined)[];
}

/**
 * Passes proposals in their governors, all at the same time, up to the block in which they can be executed, and takes the chain back.
 *
 * A proposal that does not pass takes no time: the others are passed again without it.
 */
export async function passProposals(
  votables: readonly (Votable | undefined)[],
  workplace: Workplace,
): Promise<Passage> {
  const unvoted = new Map<number, string>();
  for (;;) {
    const left = votables.map((votable, index) => (unvoted.has(index) ? undefined : votable));
    const home = await workplace.chain.snapshot();
    const tried = await passedOrNot(left, workplace);
    await workplace.chain.revert(home);
    if (!("index" in tried)) {
      const proposals = tried.proposals.map((one, index) => {
        const why = unvoted.get(index);
        return why === undefined ? one : { unvoted: why };
      });
      return { ...tried, proposals };
    }
    unvoted.set(tried.index, tried.why);
  }
}

async function passedOrNot(
  votables: readonly (Votable | undefined)[],
  workplace: Workplace,
): Promise<Passage | { readonly index: number; readonly why: string }> {
  const chain = await VotingChain.from(workplace);
  const ballots: { readonly index: number; readonly ballot: Ballot }[] = [];
  let current = 0;
  try {
    for (const [index, votable] of votables.entries()) {
      current = index;
      if (votable !== undefined) ballots.push({ index, ballot: await Ballot.of(votable) });
    }
    for (;;) {
      const waiting = ballots.filter(({ ballot }) => !ballot.isReady);
      const [next] = waiting.toSorted((one, other) => one.ballot.wait(chain) - other.ballot.wait(chain));
      if (next === undefined) break;
      current = next.index;
      await chain.pass(next.ballot.wait(chain));
      await next.ballot.step(chain);
    }
  } catch (error) {
    if (!(error instanceof NotPassed)) throw error;
    return { index: current, why: error.message };
  }
  const eta = ballots.reduce((latest, { ballot }) => (ballot.eta > latest ? ballot.eta : latest), 0n);
  // the next block is an interval later
  await chain.pass(chain.blocksUntil("seconds", eta - BigInt(chain.interval)));
  const { block: blocks, seconds } = chain.passed;
  const passed = new Map<number, Passed>();
  for (const { index, ballot } of ballots) {
    const { governing, voters } = ballot.votable;
    const { kind, governor, timelock, token } = governing;
    const { id, votesFor, votesAgainst, needed } = ballot.outcome;
    const decimals = await chain.reader.read(
      attempt(read({ address: token, abi: erc20Abi, functionName: "decimals" })),
    );
    passed.set(index, {
      vote: {
        governor,
        kind,
        ...(timelock === undefined ? {} : { timelock }),
        id: String(id),
        found: ballot.found,
        steps: ballot.steps,
        votesFor: String(votesFor),
        votesAgainst: String(votesAgainst),
        votesNeeded: String(needed),
        decimals: decimals ?? 18,
        blocks,
        seconds,
      },
      execution: {
        after: 0,
        interval: chain.interval,
        made: { as: voters[0] ?? governor, call: ballot.execution },
      },
    });
  }
  return { sequence: chain.sequence, proposals: votables.map((_votable, index) => passed.get(index)) };
}
