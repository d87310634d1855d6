import type { ParameterValue } from "../world/parameters/parameter-value.js";

/** One of the two sides that are compared. */
export interface DiffSide {
  readonly target: string;
  readonly scenario: string;
  /** The parameters that were set; absent if none was. */
  readonly parameters?: readonly ParameterValue[];
  /** The block of the connection when it began. */
  readonly forkBlock: number;
}

/** How a run ended on one side. */
export type DiffEnd =
  | { readonly kind: "survived" }
  | {
      readonly kind: "broke";
      readonly condition: string;
      /** What failed; the same for every violation of one flaw, as far as a condition can tell. */
      readonly cause: string;
      readonly block: number;
      /** The evidence in one sentence. */
      readonly summary: string;
    };

/** Where two runs of the same events first differ. */
export interface Divergence {
  readonly block: number;
  /** `call`: a call or what became of it; `condition`: how far a condition is from broken; `end`: only how they end. */
  readonly kind: "call" | "condition" | "end";
  /** Of a call: its place among the run's calls, counted from 1, rounds of feeds among them. */
  readonly call?: number;
  /** Who made the call, or the condition. */
  readonly of?: string;
  /** What happened on the first side: `borrow(5.5 USDC), gets 5.44 USDC`, `nothing`, `margin 0.31`. */
  readonly one: string;
  /** What happened on the second. */
  readonly other: string;
}

/** How far a condition was from broken over a run, block by block. */
export interface DiffMargin {
  readonly condition: string;
  /** 0 (broken) to 1, from the first block on; `null` where the condition told none. Ends where the run does. */
  readonly one: readonly (number | null)[];
  readonly other: readonly (number | null)[];
}

/** The same events on both sides. */
export interface DiffRun {
  /** A run of the seed, counted from 1; absent for a saved reproduction. */
  readonly run?: number;
  /** The file of a saved reproduction, relative to the project's root. */
  readonly reproduction?: string;
  readonly one: DiffEnd;
  readonly other: DiffEnd;
  /**
   * How the same calls end, made on both sides as the side made them that broke: agents choose other calls where the state is another one. `first`
   * and `margins` are of these then. Absent if the calls could not be told apart so.
   */
  readonly calls?: { readonly one: DiffEnd; readonly other: DiffEnd };
  /** `undefined` if nothing differs. */
  readonly first: Divergence | undefined;
  readonly margins: readonly DiffMargin[];
}

/** How often the outcome of a run was which on the two sides. */
export interface DiffOutcomes {
  readonly bothSurvived: number;
  /** Of the same cause. */
  readonly bothBroke: number;
  /** The first side broke and the second survived. */
  readonly fixed: number;
  /** The first side survived and the second broke. */
  readonly broken: number;
  /** Both broke, each of another cause. */
  readonly otherwise: number;
}

/** What a change of the code or of parameters changes: the same events, played on both sides. */
export interface DiffResult {
  readonly kind: "diff";
  readonly one: DiffSide;
  readonly other: DiffSide;
  readonly seed: number;
  /** Runs that were played on both sides. */
  readonly runs: number;
  readonly outcomes: DiffOutcomes;
  /** Runs and saved reproductions with another outcome: reproductions first, then in the order of the runs. */
  readonly changed: readonly DiffRun[];
  /** Runs with the same outcome in which something differs on the way. */
  readonly diverged: number;
  /** Saved reproductions that were played on both sides. */
  readonly reproductions: number;
  /** Why it stopped before its end; absent if it did not. */
  readonly cut?: "time limit" | "interrupted";
  readonly seconds: number;
}
