import type { Disagreement } from "./agreement.js";

/** The cost of a campaign. */
export interface CampaignCost {
  /** Runs of the search. */
  readonly runs: number;
  /** Runs in total, minimising and confirming included. */
  readonly totalRuns: number;
  readonly blocks: number;
  /** Calls in blocks, reverted ones and feeds' rounds included; minimising and confirming included. */
  readonly calls: number;
  /** Calls in blocks of the search's runs, reverted ones and feeds' rounds included. */
  readonly searchCalls: number;
  /** Calls that were tried in the search's runs to find out what the state accepts; they are not part of any block. */
  readonly trials: number;
  /** Actions of agents that took effect in the search's runs: calls that did not revert. */
  readonly actions: number;
  /** Seconds. Never part of a reproduction. */
  readonly seconds: number;
  /** What looking for the code behind the findings took, on top of the runs above; absent if it was not looked for. */
  readonly explaining?: ExplainingCost;
  /** Seconds until the search had its verdict, binding the scenario and opening lanes included. */
  readonly searchSeconds: number;
}

/** The cost of finding the lines of code that make the difference. */
export interface ExplainingCost {
  /** Runs that were played once more and traced. */
  readonly runs: number;
  /** Seconds, which are part of the campaign's. */
  readonly seconds: number;
}

/** How a search executed blocks. */
export interface Explored {
  readonly executor: "batched" | "faithful";
  /** Why it was faithful although `batched` was requested: the first call on which the two disagree. */
  readonly because: Disagreement | undefined;
  /** The run from which it was faithful although `batched` was requested, counted from 1. */
  readonly from?: number;
  /** Why blocks were batched outside of EDR's Solidity test runner, which plays them several times faster; absent if they were not. */
  readonly notInRunner?: string;
  /** Why a finding was minimised with one transaction per call although lanes play in the Solidity test runner; absent if none was. */
  readonly minimisedAsTransactions?: string;
}
