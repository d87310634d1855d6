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
  readonly evidence: Evidence;
}

/** What a completed run says about the target. */
export type Verdict =
  | { readonly kind: "survived"; readonly blocks: number; readonly trace: Trace }
  | { readonly kind: "violation"; readonly violation: Violation; readonly trace: Trace };

/** How one run ended: with a verdict, or `invalid` after a fault of the infrastructure, which is not a verdict. Plain data. */
export type Outcome = Verdict | { readonly kind: "invalid"; readonly error: Fault };
