import type { GasStep, MarketStep, Trace, TraceStep } from "../events/trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { PPM } from "../../quantity/ppm.js";

import { mergeSteps } from "./merge-steps.js";

/** How finely thresholds of price moves are found: 0.1 %. */
export const THRESHOLD_RESOLUTION = 1_000;

/** A move of a fair price, or of the demand for block space. */
type Move = MarketStep | GasStep;

/** Whether a step is a move, which has a size and so a threshold. */
export function isMove(step: TraceStep): step is Move {
  return step.kind === "market" || step.kind === "gas";
}

function ofOneKind(one: Move, other: Move): boolean {
  return one.kind === "market" ? other.kind === "market" && other.asset === one.asset : other.kind === "gas";
}

/** Makes one move of two of the same kind. */
export const fewerPriceMoves: Pass = (trace, trial) =>
  mergeSteps(
    trace,
    trial,
    isMove,
    (first, others) => others.find((other) => ofOneKind(first, other)),
    (first, second) => {
      const change = Math.round(((PPM + first.change) * (PPM + second.change)) / PPM) - PPM;
      return [first.block, second.block].map((block) => ({ ...first, block, change }));
    },
  );

/** Bisects every price move to its threshold: the smallest that fails, to 0.1 %. */
export const smallerPriceMoves: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step !== undefined && isMove(step)) current = await bisect(current, step, trial);
  }
  return current;
};

async function bisect(trace: Trace, step: Move, trial: Trial): Promise<Trace> {
  const sign = Math.sign(step.change);
  const size = (units: number): number => sign * units * THRESHOLD_RESOLUTION;
  let best = trace;
  // in units of the resolution; `high` fails, `low` survives: without the move the trace survives, or it would be gone
  let high = Math.ceil(Math.abs(step.change) / THRESHOLD_RESOLUTION);
  let low = 0;
  if (size(high) !== step.change) {
    const rounded = size(high) > -PPM ? await trial.trace(withChange(trace, step, size(high))) : undefined;
    // the next larger one may survive, or be more than can happen: of a move that is needed as it is, nothing smaller is tried
    const smaller = rounded ?? (high > 1 ? await trial.trace(withChange(trace, step, size(high - 1))) : undefined);
    if (smaller === undefined) return trace;
    if (rounded === undefined) high -= 1;
    best = smaller;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const played = await trial.trace(withChange(trace, step, size(middle)));
    if (played === undefined) {
      low = middle;
    } else {
      best = played;
      high = middle;
    }
  }
  return best;
}

/** The trace with another size of one price move. */
export function withChange(trace: Trace, step: Move, change: number): Trace {
  return { ...trace, steps: trace.steps.map((other) => (other === step ? { ...step, change } : other)) };
}
