import type { Violation } from "../run/outcome.js";

/** What a campaign is doing, as its `progress` is told. For people who wait: which of it comes when is no part of the result. */
export type CampaignProgress =
  /** It binds the scenario, and plays the saved reproductions. */
  | { readonly phase: "opening" }
  | SearchProgress
  /** A violation was found and is about to be minimised: once for each finding. */
  | { readonly phase: "found"; readonly violation: Violation; readonly run: number; readonly steps: number }
  /** A finding has become smaller. */
  | { readonly phase: "minimising"; readonly violation: Violation; readonly steps: number; readonly from: number };

/** How far a search is: its runs, in the order in which they end. */
export interface SearchProgress {
  readonly phase: "searching";
  /** Runs that are finished. A run that is played again counts again. */
  readonly finished: number;
  /** Runs that it may use. */
  readonly runs: number;
  /** Worlds that play side by side. */
  readonly lanes: number;
  /** Calls of agents in blocks, so far. */
  readonly calls: number;
  /** How many of them did not revert. */
  readonly succeeded: number;
  /** How close a condition came to being broken, 0 to 1; absent if none tells a margin. */
  readonly closest?: { readonly condition: string; readonly margin: number };
}
