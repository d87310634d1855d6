import type { SiegeError } from "../../errors.js";
import type { TargetSource } from "../../target/source.js";
import type { Activity } from "../activity/activity.js";
import type { Doubt } from "../activity/doubts.js";
import type { NotCounted } from "../outsider/answers.js";
import type { ProposalsResult } from "../proposing/proposed-source.js";
import type { CampaignCost, Explored } from "../search/spent.js";
import type { FundingNote } from "../world/funding/funding-note.js";
import type { ParameterValue } from "../world/parameters/parameter-value.js";
import type { Finding } from "./finding.js";
import type { Replayed } from "./replayed.js";

interface CampaignResultBase {
  readonly scenario: string;
  readonly target: string;
  /** Where the target's ABI comes from, and the implementation behind a proxy. */
  readonly source: TargetSource;
  /** The parameters that it set, before the first block; absent if it set none. */
  readonly parameters?: readonly ParameterValue[];
  readonly seed: number;
  /** The block of the connection when the campaign began. */
  readonly forkBlock: number;
  /** Whether the network is a fork of another chain. */
  readonly isFork: boolean;
  /** Blocks per run. */
  readonly blocks: number;
  readonly cost: CampaignCost;
  /** Candidates that the batched executor found and the faithful one did not reproduce; 0 if the search was faithful from the start. */
  readonly discarded: number;
  /** How the search executed blocks. */
  readonly explored: Explored;
  /** What became of the saved reproductions, which are played first. */
  readonly replayed: Replayed;
  /** Tokens in which the agents' capital could not be made consistent with the rest of the token; mostly none. */
  readonly funding: readonly FundingNote[];
  /**
   * Violations that were not counted, one of each cause: anybody could have prevented them in a pause, at a profit. Absent if
   * there were none.
   */
  readonly notCounted?: readonly NotCounted[];
  /** What the search did: calls by agent and function, conditions, events. */
  readonly activity: Activity;
  /** What became of what proposers proposed; absent without proposers. */
  readonly proposals?: ProposalsResult;
  /** Set if the campaign was played in shards, and some of them are missing: it is never `survived` then. */
  readonly shards?: MissingShards;
}

/** Shards whose results were not merged. */
export interface MissingShards {
  /** How many there are in all. */
  readonly count: number;
  /** Which of them are missing, counted from 1. */
  readonly missing: readonly number[];
}

/** A campaign that finished without a violation, in which the target was exercised and its conditions were judged. */
export type SurvivedResult = CampaignResultBase & { readonly kind: "survived" };

/** A campaign that finished without a violation, but whose runs say nothing about the target. Not a verdict. */
export type InconclusiveResult = CampaignResultBase & {
  readonly kind: "inconclusive";
  /** Why; at least one. */
  readonly doubts: readonly Doubt[];
};

/** Why a campaign stopped before its end. */
export interface Interruption {
  readonly reason: "time limit" | "interrupted" | "error";
  readonly error: SiegeError | undefined;
}

/** A campaign that found a violation. */
export type ViolationResult = CampaignResultBase & {
  readonly kind: "violation";
  /** The first. */
  readonly finding: Finding;
  /** All of them, in the order in which they were found, each of another cause. The last is not minimal if `cut` is set. */
  readonly findings: readonly Finding[];
  /** Why it did not look for further findings until its end; absent if it did. */
  readonly cut?: Interruption;
};

/** A campaign that did not reach a verdict; it may carry a finding from before. */
export type IncompleteResult = CampaignResultBase &
  Interruption & {
    readonly kind: "incomplete";
    readonly finding: Finding | undefined;
  };

/**
 * How a campaign ended. `inconclusive` (nothing succeeded, or a condition could not be judged) and `incomplete` (time limit,
 * interruption, a fault of the chain) are never a verdict.
 */
export type CampaignResult = SurvivedResult | ViolationResult | InconclusiveResult | IncompleteResult;
