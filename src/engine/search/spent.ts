import type { Disagreement } from "./agreement.js";

/** The cost of a campaign. */
export interface CampaignCost {
  /** Runs of the search. */
  readonly runs: number;
  /** Runs in total, minimising and confirming included. */
  readonly totalRuns: number;
  readonly blocks: number;
  readonly actions: number;
  /** Actions of the search's runs. */
  readonly searchActions: number;
  /** Seconds. Never part of a reproduction. */
  readonly seconds: number;
  /** Seconds until the search had its verdict, binding the scenario and opening lanes included. */
  readonly searchSeconds: number;
}

/** How a search executed blocks. */
export interface Explored {
  readonly executor: "batched" | "faithful";
  /** Why it was faithful although `batched` was requested: the first call of run 1 on which the two disagree. */
  readonly because: Disagreement | undefined;
}
