import type { Proposer } from "../../agents/proposer.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { CampaignProgress } from "./progress.js";

/** The budget of a campaign and where its findings go. */
export interface CampaignOptions {
  /** How many runs the search may use. Default 500. */
  readonly runs?: number;
  /** Seed of the search. Default 1. */
  readonly seed?: number;
  /** Seconds after which the campaign stops and reports that it is incomplete. Default: none. */
  readonly timeLimit?: number;
  /**
   * How many worlds the search plays on in parallel, 1 to 64; `"auto"` opens as many as pay off on this machine. The findings
   * do not depend on it. Default `"auto"`.
   */
  readonly lanes?: number | "auto";
  /**
   * How the search executes blocks. `batched`: calls share transactions, many times faster; a finding counts
   * only if it is reproduced with one transaction per call. `faithful`: one transaction per call from the start. Default
   * `batched`.
   */
  readonly executor?: "batched" | "faithful";
  /**
   * Whether runs learn from those before them: what comes before what, which calls were accepted, what calls back. With false, each
   * run is drawn by itself. Default true.
   */
  readonly learn?: boolean;
  /**
   * After how many findings the campaign stops. With more than one it goes on within its `runs`, past the violations that it
   * knows, and each finding has another cause: another condition, invariant, account or market. Default 1.
   */
  readonly findings?: number | "all";
  /**
   * Values of the scenario's parameters, by name, set before the first block. Default: none is set, so that everything stays as
   * it is.
   */
  readonly parameters?: ParameterValues;
  /**
   * Whether findings name the lines of code that make the difference: each is played some more times, and traced. Needs the
   * project's sources; without them nothing is looked for. Default true.
   */
  readonly explain?: boolean;
  /**
   * Who proposes sequences for every second run, up to 16: made with `defineProposer`, or `trainedAttacker`. The other runs are
   * drawn as they are without them. Default: nobody.
   */
  readonly proposers?: readonly Proposer[];
  /** Aborts the campaign (Ctrl-C, SIGTERM): what was found so far is reported, as incomplete. */
  readonly signal?: AbortSignal;
  /** Called after every run of the search, and whenever a finding is found or gets smaller. It must not throw. */
  readonly progress?: (progress: CampaignProgress) => void;
}
