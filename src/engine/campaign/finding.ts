import type { Disturbance } from "../../order-flow/disturbance.js";
import type { Genome } from "../events/genome.js";
import type { StepDescription } from "../events/step-description.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Loss } from "../explain/losses.js";
import type { Certificate, Threshold } from "../minimise/certificate.js";
import type { Violation } from "../run/outcome.js";

/** A confirmed violation with its minimal trace. */
export interface Finding {
  /** As the minimal trace shows it: the smallest that still violates the condition. */
  readonly violation: Violation;
  /** As the search found it: how bad it can get. */
  readonly found: Violation;
  readonly genome: Genome;
  /** The trace as found. */
  readonly original: Trace;
  /** The minimal trace, or the smallest so far if `certificate` is undefined. */
  readonly trace: Trace;
  readonly certificate: Certificate | undefined;
  readonly thresholds: readonly Threshold[];
  readonly steps: readonly StepDescription[];
  /** Which kinds of event the failure needs together, each of them alone surviving; `undefined` if it is one kind. */
  readonly coupling: readonly TraceStep["kind"][] | undefined;
  /** Protocols of the scenario that came to lack something in the run that was found, in the order in which they did. */
  readonly losses: readonly Loss[];
  /** Transactions of the order flow that fare otherwise than without the agents, in the minimal trace. */
  readonly disturbances: readonly Disturbance[];
  /** Where the reproduction was written, relative to the project's root. */
  readonly reproduction: string | undefined;
  /** Run of the search that found it, counted from 1; 0 for a regression from a saved reproduction. */
  readonly run: number;
}
