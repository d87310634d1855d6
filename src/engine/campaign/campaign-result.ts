import type { SiegeError } from "../../errors.js";
import type { Disturbance } from "../../order-flow/disturbance.js";
import type { Genome } from "../events/genome.js";
import type { Loss } from "../explain/losses.js";
import type { Violation } from "../run/outcome.js";
import type { Trace, TraceStep } from "../events/trace.js";

/** The budget of a campaign and where its findings go. */
export interface CampaignOptions {
  /** How many runs the search may use. Default 200. */
  readonly runs?: number;
  /** Seed of the search. Default 1. */
  readonly seed?: number;
  /** Seconds after which the campaign stops and reports that it is incomplete. Default: none. */
  readonly timeLimit?: number;
  /**
   * How many worlds the search plays on side by side, 1 to 64; `"auto"` opens as many as the machine's processors gain
   * from. What is found does not depend on it. Default `"auto"`.
   */
  readonly lanes?: number | "auto";
  /**
   * How the search executes blocks. `batched`: a block is one transaction, several times faster; what it finds counts
   * only if it happens with one transaction a call, too. `faithful`: one transaction a call from the start. Default
   * `batched`.
   */
  readonly executor?: "batched" | "faithful";
  /** Aborts the campaign (Ctrl-C): what was found so far is reported, as incomplete. */
  readonly signal?: AbortSignal;
}

/** A single-step deletion that was run: the trace without that step survives, so the step is needed. */
export interface DeletionProof {
  /** Index of the step in the minimal trace. */
  readonly step: number;
  /** Which of the calls that the step makes was left out; without it, the whole step. */
  readonly inner?: number;
  /** What the run without it ended in. */
  readonly without: "survived" | "another violation";
}

/** Proof that a trace is 1-minimal. */
export interface Certificate {
  readonly kind: "1-minimal";
  /** One entry for each step that does not follow from the others, in order. */
  readonly deletions: readonly DeletionProof[];
}

/** The threshold of one price move of the minimal trace. */
export interface Threshold {
  /** Index of the step: a price move, or a fault that makes a price wrong. */
  readonly step: number;
  /**
   * The largest change that survives, or the factor of a wrong price that is farthest off and survives, parts per million,
   * found by bisection at `resolution`.
   */
  readonly survives: number;
  /** Parts per million between what fails and what survives. */
  readonly resolution: number;
}

/** How one step of a trace reads to a person. */
export interface StepDescription {
  readonly step: number;
  readonly block: number;
  /** Whether it is in the block that replaces one of that height after a reorganisation. */
  readonly again?: true;
  /** Whether it follows from the other steps: what an honest agent did. */
  readonly reaction?: true;
  /** `market`, the oracle's name, or the agent's name */
  readonly actor: string;
  /** `ETH falls 12.5 %`, `liquidationCall(WETH, USDC, alice, 410 USDC, false)` */
  readonly action: string;
  /** What the transaction does in turn, a line each. */
  readonly inner?: readonly string[];
  /** What follows from it: `12.4 % survives`, `reverted`, `pool price -8.1 %` */
  readonly consequence: string | undefined;
}

/** A confirmed violation with its minimal trace. */
export interface Finding {
  /** As the minimal trace shows it: the smallest that still violates the condition. */
  readonly violation: Violation;
  /** As the search found it: how bad it can get. */
  readonly found: Violation;
  readonly genome: Genome;
  /** The trace as found. */
  readonly original: Trace;
  /** The minimal trace, or the smallest so far if `certificate` is undefined. */
  readonly trace: Trace;
  readonly certificate: Certificate | undefined;
  readonly thresholds: readonly Threshold[];
  readonly steps: readonly StepDescription[];
  /** Which kinds of event the failure needs together, each of them alone surviving; `undefined` if it is one kind. */
  readonly coupling: readonly TraceStep["kind"][] | undefined;
  /** Protocols of the scenario that came to lack something in the run that was found, in the order in which they did. */
  readonly losses: readonly Loss[];
  /** Transactions of the order flow that fare otherwise than without the agents, in the minimal trace. */
  readonly disturbances: readonly Disturbance[];
  /** Where the reproduction was written, relative to the project's root. */
  readonly reproduction: string | undefined;
  /** Run of the search that found it, counted from 1; 0 for a regression from a saved reproduction. */
  readonly run: number;
}

/** What a campaign spent. */
export interface CampaignCost {
  /** Runs of the search. */
  readonly runs: number;
  /** Runs in all, minimising and confirming included. */
  readonly totalRuns: number;
  readonly blocks: number;
  readonly actions: number;
  /** Actions of the search's runs. */
  readonly searchActions: number;
  /** Seconds. Never part of a reproduction. */
  readonly seconds: number;
  /** Those of them until the search had its verdict, binding the scenario and opening lanes included. */
  readonly searchSeconds: number;
}

/** How a search executed blocks. */
export interface Explored {
  readonly executor: "batched" | "faithful";
  /** Why it was faithful although `batched` was asked for: the first call on which the two disagree. */
  readonly because: string | undefined;
}

interface CampaignResultBase {
  readonly scenario: string;
  readonly target: string;
  readonly seed: number;
  readonly forkBlock: number;
  /** Blocks of the horizon. */
  readonly blocks: number;
  readonly cost: CampaignCost;
  /** What the batched executor found and the faithful one did not; 0 where the search was faithful from the start. */
  readonly discarded: number;
  /** How the search executed blocks. */
  readonly explored: Explored;
}

/**
 * How a campaign ended. `incomplete` (time limit, interruption, a fault of the chain) is never a verdict; it may
 * carry a finding that was made before.
 */
export type CampaignResult =
  | (CampaignResultBase & { readonly kind: "survived" })
  | (CampaignResultBase & { readonly kind: "violation"; readonly finding: Finding })
  | (CampaignResultBase & {
      readonly kind: "incomplete";
      readonly reason: "time limit" | "interrupted" | "error";
      readonly error: SiegeError | undefined;
      readonly finding: Finding | undefined;
    });
