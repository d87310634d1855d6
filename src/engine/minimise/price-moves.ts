import type { MarketStep, Trace, TraceStep } from "../trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { PPM } from "../../market/process.js";

/** How finely thresholds of price moves are found: 0.1 %. */
export const THRESHOLD_RESOLUTION = 1_000;

/** Makes one move of two of the same asset. */
export const fewerPriceMoves: Pass = async (trace, trial) => {
  let current = trace;
  for (let index = 0; index < current.steps.length; index++) {
    const first = current.steps[index];
    if (first?.kind !== "market") continue;
    const second = current.steps.find(
      (step, at): step is MarketStep => at > index && step.kind === "market" && step.asset === first.asset,
    );
    if (second === undefined) continue;
    const change = Math.round(((PPM + first.change) * (PPM + second.change)) / PPM) - PPM;
    const without = current.steps.filter((step) => step !== second);
    for (const block of [first.block, second.block]) {
      const steps = sorted(without.map((step) => (step === first ? { ...first, block, change } : step)));
      const played = await trial.trace({ ...current, steps });
      if (played !== undefined) {
        current = played;
        // the merged move may merge with the next one
        index -= 1;
        break;
      }
    }
  }
  return current;
};

/** Bisects every price move to its threshold: the smallest that fails, to 0.1 %. */
export const smallerPriceMoves: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step?.kind === "market") current = await bisect(current, step, trial);
  }
  return current;
};

async function bisect(trace: Trace, step: MarketStep, trial: Trial): Promise<Trace> {
  const sign = Math.sign(step.change);
  const size = (units: number): number => sign * units * THRESHOLD_RESOLUTION;
  let best = trace;
  // in units of the resolution; `high` fails, `low` survives: without the move the trace survives, or it would be gone
  let high = Math.ceil(Math.abs(step.change) / THRESHOLD_RESOLUTION);
  let low = 0;
  if (size(high) !== step.change) {
    const rounded = size(high) > -PPM ? await trial.trace(withChange(trace, step, size(high))) : undefined;
    // the move is no multiple of the resolution, and the next larger one does not fail: leave it alone
    if (rounded === undefined) return trace;
    best = rounded;
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
export function withChange(trace: Trace, step: MarketStep, change: number): Trace {
  return { ...trace, steps: trace.steps.map((other) => (other === step ? { ...step, change } : other)) };
}

function sorted(steps: readonly TraceStep[]): readonly TraceStep[] {
  // stable: the order within a block stays
  return [...steps].sort((a, b) => a.block - b.block);
}
