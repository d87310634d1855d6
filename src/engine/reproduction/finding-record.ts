import type { Interference } from "../../order-flow/interference.js";
import type { Genome } from "../events/genome.js";
import type { StepDescription } from "../events/step-description.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Cascade } from "../explain/cascade.js";
import type { CodePoint } from "../explain/code-point.js";
import type { Loss } from "../explain/losses.js";
import type { RoundDescription } from "../explain/placed-rounds.js";
import type { Timeline } from "../explain/timeline/timeline.js";
import type { Certificate, Threshold } from "../minimise/certificate.js";
import type { Violation } from "../run/outcome.js";

/** The steps of a minimal trace with other amounts, and what they do. */
export interface Worst {
  readonly violation: Violation;
  readonly trace: Trace;
  readonly steps: readonly StepDescription[];
}

/**
 * What is known about a violation, from the run that found it to the confirmed minimal trace. Plain data, with the same fields
 * in results and in reproduction files.
 */
export interface FindingRecord {
  /** The violation that the minimal trace shows: the smallest that still violates the condition. */
  readonly violation: Violation;
  /** The violation that the search found, which shows how bad it can get. */
  readonly found: Violation;
  readonly genome: Genome;
  /** The minimal trace, or the smallest so far if `certificate` is undefined. */
  readonly trace: Trace;
  readonly certificate: Certificate | undefined;
  readonly thresholds: readonly Threshold[];
  readonly steps: readonly StepDescription[];
  /** What the feeds published between the steps, as far as it changes what is seen; absent in files of earlier releases. */
  readonly rounds?: readonly RoundDescription[];
  /** The minimal trace with amounts that do more harm; absent if none do, or if the evidence has no number that measures it. */
  readonly worst?: Worst;
  /** The kinds of event that the failure needs together: without any one of them the target survives. `undefined` if one kind is enough. */
  readonly coupling: readonly TraceStep["kind"][] | undefined;
  /**
   * The lines of code that the failure needs and its nearest survivors mostly do not execute, the most suspicious first; absent if
   * there is no source of them, if they were not looked for, and in files of earlier releases.
   */
  readonly code?: readonly CodePoint[];
  /** The protocols of the scenario that became short of funds in the run as found, in that order. */
  readonly losses: readonly Loss[];
  /** Who caused what in the minimal trace; absent if it could not be observed event by event, and in files of earlier releases. */
  readonly cascade?: Cascade;
  /** The minimal trace from event to event; absent where `cascade` is. */
  readonly timeline?: Timeline;
  /** Transactions of the order flow that have a different outcome than without the agents, in the minimal trace. */
  readonly interferences: readonly Interference[];
}
