import type { Address } from "viem";

import type { TargetSource } from "../../target/source.js";
import type { Facts } from "../activity/facts.js";
import type { RunTally } from "../activity/run-tally.js";
import type { Interruption } from "../campaign/campaign-result.js";
import type { Replayed } from "../campaign/replayed.js";
import type { Trace } from "../events/trace.js";
import type { NotCounted } from "../outsider/answers.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { Fault } from "../run/fault.js";
import type { Violation } from "../run/outcome.js";
import type { Explored } from "../search/spent.js";
import type { FundingNote } from "../world/funding/funding-note.js";
import type { ParameterValue } from "../world/parameters/parameter-value.js";
import type { SHARD_VERSION, ShardJob } from "./job.js";

/** The first field of every result. */
export const SHARD_FORMAT = "hardhat-siege shards";

/** What all shards of a campaign have in common. Results that differ in one of these are not merged. */
export interface Campaign extends Omit<ShardJob, "version" | "shard"> {
  /** How many shards it has. */
  readonly shards: number;
  /** The release of hardhat-siege that played it. */
  readonly release: string;
  readonly scenario: string;
  readonly target: { readonly name: string; readonly address: Address };
  readonly forkBlock: number;
  /** Blocks per run. */
  readonly blocks: number;
  /** A digest of the code of the target and of the scenario's protocols. */
  readonly bytecode: string;
  /** A digest of what the scenario draws and judges, as far as it shows in its first run. */
  readonly definition: string;
  /** A digest of the saved reproductions that were played first. */
  readonly corpus: string;
}

/** What is known about a campaign besides its counts; follows from the {@link Campaign}. */
export interface Background {
  readonly source: TargetSource;
  /** Whether the network is a fork of another chain. */
  readonly isFork: boolean;
  readonly funding: readonly FundingNote[];
  /** The parameters that were set; absent if none was. */
  readonly parameters?: readonly ParameterValue[];
  readonly facts: Facts;
}

/** How much was played. */
export interface Spent {
  readonly runs: number;
  readonly blocks: number;
  readonly calls: number;
}

/** A finding in a result: all of it, so that whoever merges can write its file. */
export interface ShardFinding {
  /** Of its file, without an extension and without a folder. */
  readonly name: string;
  /** The run that found it, counted from 1; 0 for a saved reproduction, which has the name. */
  readonly run: number;
  /** Not minimal and without its state if the shard was stopped before that. */
  readonly reproduction: Reproduction;
  /** The trace as found. */
  readonly original: Trace;
  /** Violations of other causes that were seen on the way. */
  readonly also: readonly Violation[];
  /** What minimising and confirming it took. */
  readonly spent: Spent;
}

/** What came before the search. The same in every shard. */
export interface Opening {
  readonly replayed: Replayed;
  readonly findings: readonly ShardFinding[];
  readonly spent: Spent;
}

/** What one strand of a campaign showed. */
export interface StrandResult {
  /** Counted from 0. */
  readonly index: number;
  /** Whether all its runs were played, or all up to the last finding that was asked for. */
  readonly complete: boolean;
  /** Runs of the search. */
  readonly runs: number;
  /** What was played: of the search, and on the user's connection besides it. */
  readonly searched: { readonly blocks: number; readonly calls: number; readonly trials: number };
  readonly spent: Spent;
  readonly discarded: number;
  /** Absent if there is none. */
  readonly notCounted?: readonly NotCounted[];
  readonly explored: Explored;
  readonly tally: RunTally;
  /** Whether a call really changed the state of what the campaign is about; false if something was found. */
  readonly changed: boolean;
  /** Each cause that was met, in order; those that no earlier strand of the shard has met have a finding. */
  readonly met: readonly { readonly cause: string; readonly finding?: ShardFinding }[];
}

/** Why a shard did not play its part to the end. */
export interface Cut {
  readonly reason: Interruption["reason"];
  readonly error?: Fault;
}

/** What one shard showed. */
export interface ShardResult {
  /** Counted from 1. */
  readonly index: number;
  readonly opening: Opening;
  /** In order. */
  readonly strands: readonly StrandResult[];
  /** Absent if it played its part to the end. */
  readonly cut?: Cut;
  /** Of the clock; the only thing in which two results of one job may differ. */
  readonly seconds: number;
  readonly searchSeconds: number;
}

/** The results of one or several shards of a campaign. Plain data: the content of a file, or a message of a queue. */
export interface ShardResults {
  readonly format: typeof SHARD_FORMAT;
  readonly version: typeof SHARD_VERSION;
  readonly campaign: Campaign;
  readonly background: Background;
  /** By index. */
  readonly shards: readonly ShardResult[];
}
