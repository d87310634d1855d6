import type { Evidence } from "../../conditions/evidence.js";
import type { SiegeError } from "../../errors.js";
import type { Trace } from "../events/trace.js";

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

/** How one run ended. Only `survived` and `violation` are verdicts. */
export type Outcome =
  | { readonly kind: "survived"; readonly blocks: number; readonly trace: Trace }
  | { readonly kind: "violation"; readonly violation: Violation; readonly trace: Trace }
  | { readonly kind: "invalid"; readonly error: SiegeError; readonly trace: Trace };
