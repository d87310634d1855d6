import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { VoteStep } from "../../../risk/proposal/proposal-result.js";
import type { StoredProposal } from "../../../risk/proposal/proposal.js";
import type { Governing, Voted } from "./governing.js";
import type { VotingChain } from "./voting-chain.js";

import { hexToBigInt, slice } from "viem";

import { call } from "../../../protocols/call.js";
import { votesAbi } from "../../../protocols/governor/abi.js";

import { canDelegate } from "./voters.js";

/** A proposal that can be voted on. */
export interface Votable {
  readonly stored: StoredProposal;
  readonly governing: Governing;
  /** Its id, if it is known. */
  readonly id?: bigint;
  /** Who may vote, and why there may be others. */
  readonly voters: readonly Address[];
  /** Whether the user named them: then they vote in this order, and delegate to themselves where they have not delegated. */
  readonly named: boolean;
  readonly lack?: string;
}

/** Why a proposal does not pass. */
export class NotPassed extends Error {
  override readonly name = "NotPassed";
}

/** Its states in which nothing can be done any more. */
const LOST: ReadonlySet<Voted["state"]> = new Set(["canceled", "defeated", "expired", "executed"]);

/** What is left to do: a step after the other. */
type Phase = "propose" | "vote" | "queue" | "ready";

/** A proposal on its way through its governor. */
export class Ballot {
  readonly votable: Votable;
  readonly steps: VoteStep[] = [];
  found = true;
  #phase: Phase = "propose";
  #id: bigint | undefined;
  #last: Voted | undefined;
  #needed = 0n;

  private constructor(votable: Votable) {
    this.votable = votable;
  }

  /** Where a proposal is now. @throws NotPassed */
  static async of(votable: Votable): Promise<Ballot> {
    const ballot = new Ballot(votable);
    const { governing, stored } = votable;
    const id = votable.id ?? (await governing.idOf(stored));
    const voted = id === undefined ? undefined : await governing.voted(id);
    if (id === undefined || voted === undefined) {
      ballot.found = false;
      return ballot;
    }
    if (LOST.has(voted.state)) throw new NotPassed(`its governor says that it is ${voted.state}`);
    ballot.#id = id;
    ballot.#last = voted;
    const next = { pending: "vote", active: "vote", succeeded: "queue", queued: "ready" } as const;
    ballot.#phase = next[voted.state as keyof typeof next];
    if (ballot.#phase !== "vote") ballot.#needed = await governing.quorumAt(voted.snapshot);
    if (ballot.#phase === "queue" && governing.timelock === undefined) ballot.#phase = "ready";
    return ballot;
  }

  get isReady(): boolean {
    return this.#phase === "ready";
  }

  /** When it can be executed, seconds. */
  get eta(): bigint {
    return this.#last?.eta ?? 0n;
  }

  get outcome(): {
    readonly id: bigint;
    readonly votesFor: bigint;
    readonly votesAgainst: bigint;
    readonly needed: bigint;
  } {
    const { votesFor = 0n, votesAgainst = 0n } = this.#last ?? {};
    return { id: this.#id ?? 0n, votesFor, votesAgainst, needed: this.#needed };
  }

  get execution(): ContractCall {
    const { governing, stored } = this.votable;
    return governing.execute(this.#id ?? 0n, stored);
  }

  /** Empty blocks until its next step can be made: votes are counted, and are over, only once their time is past. */
  wait(chain: VotingChain): number {
    const { clock } = this.votable.governing;
    if (this.#phase === "propose" || this.#last === undefined) return 0;
    return chain.blocksUntil(clock, (this.#phase === "vote" ? this.#last.snapshot : this.#last.deadline) + 1n);
  }

  /** Makes its next step. @throws NotPassed */
  async step(chain: VotingChain): Promise<void> {
    if (this.#phase === "propose") await this.#propose(chain);
    else if (this.#phase === "vote") await this.#vote(chain);
    else await this.#queue(chain);
  }

  async #propose(chain: VotingChain): Promise<void> {
    const { governing, stored, voters, named } = this.votable;
    const { token, threshold } = governing;
    if (named) {
      for (const account of voters) {
        if ((await this.#votesNow(chain, account)) > 0n || !(await canDelegate(chain.reader, token, account))) continue;
        const delegate = call({ address: token, abi: votesAbi, functionName: "delegate", args: [account] });
        await this.#make(chain, "delegate", account, delegate);
      }
    }
    // votes count as held in a block before
    await chain.pass(1);
    let why = "";
    const able: Address[] = [];
    for (const account of voters) if ((await this.#votesNow(chain, account)) >= threshold) able.push(account);
    for (const account of able) {
      const made = await chain.make({ as: account, call: governing.propose(stored) });
      if ("why" in made) {
        why = made.why;
        continue;
      }
      this.#note(chain, "propose", account);
      this.#id = hexToBigInt(slice(made.returned, 0, 32));
      this.#last = await governing.voted(this.#id);
      if (this.#last === undefined)
        throw new NotPassed(`its governor does not know it under the id ${this.#id} that it returned`);
      this.#phase = "vote";
      return;
    }
    throw new NotPassed(
      able.length === 0
        ? `none of ${voters.length} known accounts has the ${threshold} votes that a proposer needs${this.#lack()}`
        : `it cannot be proposed: ${why}`,
    );
  }

  async #vote(chain: VotingChain): Promise<void> {
    const { governing, voters, named } = this.votable;
    const id = this.#id ?? 0n;
    const { snapshot = 0n } = this.#last ?? {};
    this.#needed = await governing.quorumAt(snapshot);
    const able: { readonly account: Address; readonly votes: bigint }[] = [];
    for (const account of voters) {
      const votes = await governing.votesAt(account, snapshot);
      if (votes > 0n && !(await governing.hasVoted(id, account))) able.push({ account, votes });
    }
    if (!named) able.sort((one, other) => (one.votes < other.votes ? 1 : one.votes > other.votes ? -1 : 0));
    for (const { account } of able) {
      if (this.#passes()) break;
      await this.#make(chain, "vote", account, governing.support(id));
      this.#last = (await governing.voted(id)) ?? this.#last;
    }
    if (!this.#passes()) {
      const { votesFor = 0n, votesAgainst = 0n } = this.#last ?? {};
      throw new NotPassed(
        `it does not pass: ${votesFor} votes for and ${votesAgainst} against, where ${this.#needed} are needed, with ${voters.length} known accounts${this.#lack()}`,
      );
    }
    this.#phase = "queue";
  }

  async #queue(chain: VotingChain): Promise<void> {
    const { governing, stored, voters } = this.votable;
    const id = this.#id ?? 0n;
    this.#last = (await governing.voted(id)) ?? this.#last;
    if (this.#last?.state !== "succeeded")
      throw new NotPassed(`its governor says that it is ${this.#last?.state ?? "unknown"} after the vote`);
    if (governing.timelock !== undefined) {
      await this.#make(chain, "queue", voters[0] ?? governing.governor, governing.queue(id, stored));
      this.#last = (await governing.voted(id)) ?? this.#last;
    }
    this.#phase = "ready";
  }

  /** Votes at the last time that is past. */
  #votesNow(chain: VotingChain, account: Address): Promise<bigint> {
    const { governing } = this.votable;
    return governing.votesAt(account, chain.now(governing.clock) - 1n);
  }

  #passes(): boolean {
    const { votesFor = 0n, votesAgainst = 0n, counted = 0n } = this.#last ?? {};
    return votesFor > votesAgainst && counted >= this.#needed;
  }

  async #make(chain: VotingChain, what: VoteStep["what"], by: Address, made: ContractCall): Promise<void> {
    const done = await chain.make({ as: by, call: made });
    if ("why" in done) throw new NotPassed(`${WORDS[what]} by ${by} failed: ${done.why}`);
    this.#note(chain, what, by);
  }

  #note(chain: VotingChain, what: VoteStep["what"], by: Address): void {
    this.steps.push({ what, by, ...chain.passed });
  }

  #lack(): string {
    const { lack } = this.votable;
    return lack === undefined ? "" : ` (${lack})`;
  }
}

const WORDS: Readonly<Record<VoteStep["what"], string>> = {
  delegate: "delegating to itself",
  propose: "proposing",
  vote: "voting",
  queue: "queueing in the timelock",
};
