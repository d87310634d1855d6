import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Explored } from "../../engine/search/spent.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Amplification } from "./amplification.js";
import type { Exposure, UnshockedLoss } from "./exposures.js";
import type { FailureOrder } from "./failure-order.js";
import type { FragmentationLoss } from "./fragmentation.js";

/** What a shock is, and whether it did anything. */
export interface ContagionShock {
  /** The protocol that fails. */
  readonly protocol: string;
  /** How it fails. */
  readonly words: string;
  /** `nothing`: no protocol lost more or less than without it, in any path. That is a result of its own, and no absence of contagion. */
  readonly does: "losses" | "nothing";
  /** Its calls that reverted in the first path, or returned an error code, with reasons; absent if none did. */
  readonly refused?: readonly string[];
}

/** A shock that makes another protocol fail which does not fail without it, as a file that replays. */
export interface ContagionEdge {
  readonly from: string;
  readonly to: string;
  /** The path that was minimised: of those in which it fails only with the shock, the one with the largest loss. Absent if there is none. */
  readonly path?: number;
  /** The reproduction's file, relative to the project's root; absent if there is none. */
  readonly reproduction?: string;
  /** Why there is none. */
  readonly because?: string;
}

/** What `siege.contagion` returns. Plain data; amounts are US dollars. */
export interface ContagionResult {
  readonly scenario: string;
  readonly target: string;
  readonly forkBlock: number;
  readonly isFork: boolean;
  /** Whose losses were measured: the columns of the matrix. */
  readonly protocols: readonly string[];
  /** The rows of the matrix. */
  readonly shocks: readonly ContagionShock[];
  /** The block in which shocks happen. */
  readonly at: number;
  /** US dollars beyond which a protocol has failed. */
  readonly tolerance: number;
  /** Without a shock. Empty if fewer than two paths were complete. */
  readonly unshocked: readonly UnshockedLoss[];
  /** The exposure matrix, row by row. Empty if fewer than two paths were complete. */
  readonly matrix: readonly Exposure[];
  /** The order of failure: without a shock, with each, and with all together if there are several. */
  readonly orders: readonly FailureOrder[];
  /** Absent if fewer than two paths were complete. */
  readonly amplification?: Amplification;
  /** Absent unless it was asked for, and at least two paths were complete in both. */
  readonly fragmentation?: FragmentationLoss;
  /** The edges of the graph, most added loss first: where another protocol loses more with a shock than without. */
  readonly edges: readonly ContagionEdge[];
  /** Complete paths: those that were played in all variants. */
  readonly paths: number;
  readonly wanted: number;
  readonly seed: number;
  readonly confidence: number;
  readonly blocks: number;
  /** Seconds between blocks. */
  readonly blockTime: number;
  /** Absent if none was set. */
  readonly parameters?: ParameterValues;
  /** How blocks were executed. */
  readonly explored: Explored;
  /** Set if it was stopped before its end. */
  readonly cut?: Interruption["reason"];
  readonly seconds: number;
}
