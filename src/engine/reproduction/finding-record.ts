import type { Interference } from "../../order-flow/interference.js";
import type { Genome } from "../events/genome.js";
import type { StepDescription } from "../events/step-description.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Loss } from "../explain/losses.js";
import type { Certificate, Threshold } from "../minimise/certificate.js";
import type { Violation } from "../run/outcome.js";

/**
 * What is known of a violation, from the run that found it to the confirmed minimal trace. Plain data: results carry it and
 * reproduction files hold it, the same fields in both.
 */
export interface FindingRecord {
  /** As the minimal trace shows it: the smallest that still violates the condition. */
  readonly violation: Violation;
  /** As the search found it: how bad it can get. */
  readonly found: Violation;
  readonly genome: Genome;
  /** The minimal trace, or the smallest so far if `certificate` is undefined. */
  readonly trace: Trace;
  readonly certificate: Certificate | undefined;
  readonly thresholds: readonly Threshold[];
  readonly steps: readonly StepDescription[];
  /** Which kinds of event the failure needs together, each of them alone surviving; `undefined` if it is one kind. */
  readonly coupling: readonly TraceStep["kind"][] | undefined;
  /** Protocols of the scenario that became short of funds in the run that was found, in that order. */
  readonly losses: readonly Loss[];
  /** Transactions of the order flow that have a different outcome than without the agents, in the minimal trace. */
  readonly interferences: readonly Interference[];
}
