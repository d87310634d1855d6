import type { Evidence } from "../../conditions/evidence.js";
import type { Trace } from "../events/trace.js";
import type { Fault } from "./fault.js";

/** A violated survival condition. */
export interface Violation {
  /** The condition's id. */
  readonly condition: string;
  /** The target's name. */
  readonly target: string;
  /** The block after which it was violated, counted from 1. */
  readonly block: number;
  /**
   * What failed: the condition's id and, where the condition judges several functions, accounts or markets, which of them:
   * `invariants/invariant_supply()`. The same for every violation of one flaw, as far as a condition can tell.
   */
  readonly cause: string;
  readonly evidence: Evidence;
}

interface Played {
  readonly trace: Trace;
  /** Violations of other causes, one for each, in the order in which they appeared; absent if there were none. */
  readonly also?: readonly Violation[];
}

/** What a completed run says about the target. */
export type Verdict =
  | (Played & { readonly kind: "survived"; readonly blocks: number })
  | (Played & { readonly kind: "violation"; readonly violation: Violation });

/** How one run ended: with a verdict, or `invalid` after a fault of the infrastructure, which is not a verdict. Plain data. */
export type Outcome = Verdict | { readonly kind: "invalid"; readonly error: Fault };
