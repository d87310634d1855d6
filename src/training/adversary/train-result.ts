import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Policy } from "./policy.js";

/** A campaign of a training. */
export interface TrainingCampaign {
  /** Counted from 1. */
  readonly stage: number;
  readonly target: string;
  readonly scenario: string;
  readonly seed: number;
  /** The runs that it might use. */
  readonly budget: number;
  /** The runs that it used. */
  readonly runs: number;
  readonly found: boolean;
  /** Runs in which the policy attacked. */
  readonly attacked: number;
}

/** What a training came to. */
export interface TrainResult {
  readonly policy: Policy;
  readonly campaigns: readonly TrainingCampaign[];
  /** What did the harm that was learnt from: how many violations, and how many attacks that came close. */
  readonly learntFrom: { readonly violations: number; readonly nearMisses: number };
  readonly seconds: number;
  /** Why it stopped early; absent if it did not. */
  readonly cut?: Interruption["reason"];
}
