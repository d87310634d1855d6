import type { Target, Variant } from "./target.js";

/** Ours, and the peers that can be had here. */
export type Tool = "siege" | "forge" | "hardhat";

export const TOOLS: readonly Tool[] = ["siege", "forge", "hardhat"];

/** One campaign of one tool. */
export interface Campaign {
  readonly target: Target;
  readonly variant: Variant;
  readonly seed: number;
  readonly settings: Settings;
}

/** What is part of a result's key, and shown in the head of its column. */
export interface Settings {
  /** CPU seconds, user and system, of the campaign's own process, until the violation is confirmed. */
  readonly cpu: number;
  /** Calls per run; peers only. */
  readonly depth?: number;
  /** Options of `siege.run` besides seed, runs and signal. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** A digest of the policy that attacks in every second run. */
  readonly policy?: string;
  /** Tells apart what no option does. */
  readonly label?: string;
}

/** How a campaign ended. What a tool does not tell is left out. */
export interface Outcome {
  /** Whether a condition was violated within the budget, and this was confirmed. */
  readonly found: boolean;
  /** The tool's own word: `violation`, `incomplete`, `inconclusive`; `Failure`; `cut`: ended at the budget; `error`. */
  readonly verdict: string;
  /** The violated condition or invariant, or the message of an error. */
  readonly what?: string;
  /** CPU seconds until the violation was confirmed. */
  readonly cpuToFind?: number;
  /** CPU seconds of the search, or until the budget was used up. */
  readonly cpuOfSearch: number;
  /** CPU seconds with minimising. */
  readonly cpu: number;
  /** The run that found it, counted from 1. */
  readonly run?: number;
  readonly runs?: number;
  /** Calls of the search that came into a block (ours) or that a handler got (peers), reverted ones included. */
  readonly calls?: number;
  /** Calls that took effect. */
  readonly succeeded?: number;
  /** Calls that were only simulated, to probe what is accepted. */
  readonly trials?: number;
  /** Steps of the shrunk sequence. */
  readonly steps?: number;
  /** Whether shrinking came to its end. */
  readonly isMinimal?: boolean;
  readonly sequence?: readonly string[];
}

/** A tool, ready to run campaigns. */
export interface Runner {
  /** Identifies what is measured: the version of a peer, a digest of our build. */
  readonly build: string;
  /** For people: the commit that our build is of. */
  readonly commit?: string;
  readonly run: (campaign: Campaign) => Promise<Outcome>;
}
