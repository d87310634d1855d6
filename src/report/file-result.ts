import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";
import type { Reproduction } from "../engine/reproduction/reproduction.js";
import type { Outcome } from "../engine/run/outcome.js";
import type { RuinResult } from "../risk/ruin/ruin-result.js";

/** Where a campaign was asked for. */
interface Place {
  /** The scenario file, as typed; of an assertion, the path of its test. */
  readonly file: string;
  /** The line of an assertion in that file, counted from 1. */
  readonly line?: number;
  /** Set if an assertion expects the target to break. */
  readonly wanted?: "violation";
}

/** The campaign of a scenario file or of an assertion. */
export interface FileCampaign extends Place {
  readonly result: CampaignResult;
  /** If it is that of a shard: which one, counted from 1, and the file of its result, relative to the project's root. */
  readonly shard?: { readonly index: number; readonly count: number; readonly saved: string };
  /** Findings of later runs of other shards; absent if there are none. */
  readonly further?: readonly Finding[];
}

/** Why there is no campaign: a fault of the file, of its set-up, or of the machine. Never a verdict. */
export interface FileFault extends Place {
  readonly error: Error;
}

/** The risk run of an assertion. */
export interface FileRuin extends Place {
  readonly ruin: RuinResult;
  /** The probability below which it is expected to be; not below, if `wanted` is set. */
  readonly limit: number;
}

/** What a test run tells of: campaigns and risk runs of assertions, and faults. */
export type AssertionResult = FileResult | FileRuin;

/** The campaign result of one scenario file or one assertion, or why there is none. */
export type FileResult = FileCampaign | FileFault;

/** A saved reproduction that was replayed. */
export interface FileReplay {
  readonly file: string;
  readonly replay: Outcome;
  /** What was recorded. */
  readonly reproduction: Reproduction;
}

/** Whatever a report tells of. */
export type Entry = AssertionResult | FileReplay;
