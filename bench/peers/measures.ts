/** What is called again and again; bench/workloads.md has the calls. */
export type Workload = "counter" | "swap" | "aave";

export const WORKLOADS: readonly Workload[] = ["counter", "swap", "aave"];

/** The fixtures of test/fixtures, all of which a handler can express. */
export const FIXTURE_NAMES = [
  "SpotLendingVault",
  "LeveragedVault",
  "InflatableVault",
  "OptionsVault",
  "CoupledVault",
] as const;

export type FixtureName = (typeof FIXTURE_NAMES)[number];

/** How a campaign against a flawed fixture went. */
export interface TimeToViolation {
  readonly found: boolean;
  /** Of the campaign, up to the violation or the cap; without compiling. */
  readonly seconds: number;
  /** Calls of the handler up to the violation, those that reverted too. */
  readonly calls: number;
  /** Length of the shrunk sequence; 0 if nothing was found. */
  readonly steps: number;
  /** Those of them that are no mere passing of blocks, which our own traces do not count. */
  readonly events: number;
  /** What shrinking takes on top. */
  readonly shrinkSeconds: number;
  /** The shrunk sequence, by function. */
  readonly sequence: readonly string[];
}

/** Calls in a sequence: enough for a horizon of 30 blocks when one call in eight lets 2.5 blocks pass. */
export const DEPTH = 100;

/** A campaign that has found nothing in so many runs has missed: 2,000,000 calls. */
export const MAX_RUNS = 20_000;

/** A campaign that has found nothing in so many seconds has missed. */
export const MAX_SECONDS = 120;
