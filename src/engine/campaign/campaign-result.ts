import type { SiegeError } from "../../errors.js";
import type { CampaignCost, Explored } from "../search/spent.js";
import type { Finding } from "./finding.js";

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

/** A campaign that ran to its end and violated no condition. */
export type SurvivedResult = CampaignResultBase & { readonly kind: "survived" };

/** A campaign that found a violation. */
export type ViolationResult = CampaignResultBase & { readonly kind: "violation"; readonly finding: Finding };

/** A campaign that came to no verdict; it may carry a finding that was made before. */
export type IncompleteResult = CampaignResultBase & {
  readonly kind: "incomplete";
  readonly reason: "time limit" | "interrupted" | "error";
  readonly error: SiegeError | undefined;
  readonly finding: Finding | undefined;
};

/**
 * How a campaign ended. `incomplete` (time limit, interruption, a fault of the chain) is never a verdict.
 */
export type CampaignResult = SurvivedResult | ViolationResult | IncompleteResult;
