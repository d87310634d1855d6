import type { GasStep } from "./block-space-demand.js";
import type { BuilderStep } from "./builder-act.js";
import type { CallStep, InnerCall } from "./call.js";
import type { IntervalStep } from "./interval.js";
import type { OracleStep } from "./oracle-fault.js";
import type { OwnStep } from "./own-event.js";
import type { PauseStep } from "./pause.js";
import type { EventStep } from "./place.js";
import type { MarketStep } from "./price-move.js";

export type { BuilderStep, CallStep, GasStep, InnerCall, IntervalStep, MarketStep, OracleStep, OwnStep, PauseStep };

/** One step of a trace, the unit of the certificate of minimality: no single step can be deleted. */
export type TraceStep = PauseStep | IntervalStep | MarketStep | OracleStep | GasStep | BuilderStep | OwnStep | CallStep;

/** An explicit list of what happened, ordered by block; calls of a block stand in the order in which they were mined. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Seed of the randomness of policies that keep running; absent if there are none. */
  readonly seed?: number;
  /**
   * Set if the policies of all agents keep running, not only of honest ones: a step of a policy is then a place for a call, and
   * the call is what the policy submits there when the trace is played. If it submits none there, there is none.
   */
  readonly derives?: true;
  /** The last block of the run. */
  readonly blocks: number;
}

/** Restores the type of a step, which its kind hides. */
export function stepOf(made: EventStep): TraceStep {
  return made as TraceStep;
}

/** The trace without the steps of honest agents, which follow from the rest. */
export function withoutReactions(trace: Trace): Trace {
  const steps = trace.steps.filter((step) => !isReaction(step));
  return steps.length === trace.steps.length ? trace : { ...trace, steps };
}

/** Whether a trace has calls of policies that are steps. */
export function hasPolicySteps({ steps }: Pick<Trace, "steps">): boolean {
  return steps.some((step) => "policy" in step);
}

/** Whether a step follows from the other steps. */
export function isReaction(step: TraceStep): boolean {
  return "reaction" in step && step.reaction;
}

/** The trace with one step replaced. */
export function withStep(trace: Trace, step: TraceStep, other: EventStep): Trace {
  return { ...trace, steps: trace.steps.map((kept) => (kept === step ? stepOf(other) : kept)) };
}
