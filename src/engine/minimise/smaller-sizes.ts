import type { Sizing, Turn } from "../events/kind.js";
import type { EventStep } from "../events/place.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { Threshold } from "./certificate.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";

/** A step's size, and how it shrinks. */
interface Sized {
  readonly sizing: Sizing<EventStep>;
  readonly size: number;
}

/** Bisects every step that has a size to its threshold: the smallest size that fails. */
export const smallerSizes =
  (turn: Turn): Pass =>
  async (trace, trial) => {
    let current = trace;
    for (const index of trace.steps.keys()) {
      const step = current.steps[index];
      const sized = step === undefined ? undefined : sizeOf(step, trial);
      if (step !== undefined && sized?.sizing.turn === turn) current = await bisect(current, step, sized, trial);
    }
    return current;
  };

/** The thresholds of the steps that have one: with the next smaller size, the trace survives. */
export async function thresholdsOf(trace: Trace, trial: Trial): Promise<readonly Threshold[]> {
  const thresholds: Threshold[] = [];
  for (const [index, step] of trace.steps.entries()) {
    const sized = sizeOf(step, trial);
    if (sized === undefined) continue;
    const { sizing, size } = sized;
    const { resolution, unit } = sizing;
    const survives = size - Math.sign(size - sizing.from) * resolution;
    // a bisection that found no boundary has no threshold
    if ((await trial.trace(withStep(trace, step, sizing.with(step, survives)))) !== undefined) continue;
    thresholds.push({ step: index, kind: step.kind, fails: size, survives, resolution, unit });
  }
  return thresholds;
}

function sizeOf(step: TraceStep, { kinds }: Trial): Sized | undefined {
  const sizing = kinds.of(step).shrinks.size;
  const size = sizing?.of(step);
  return sizing === undefined || size === undefined ? undefined : { sizing, size };
}

async function bisect(trace: Trace, step: TraceStep, { sizing, size }: Sized, trial: Trial): Promise<Trace> {
  const { from, resolution, rounding } = sizing;
  const sign = Math.sign(size - from);
  const sizeAt = (units: number): number => from + sign * units * resolution;
  const play = async (units: number): Promise<Trace | undefined> =>
    sizing.fits(sizeAt(units)) ? trial.trace(withStep(trace, step, sizing.with(step, sizeAt(units)))) : undefined;
  let best = trace;
  // in units of the resolution; `high` fails, `low` survives: without the step the trace survives, or it would have been deleted
  let high = Math.ceil(Math.abs(size - from) / resolution);
  let low = 0;
  if (sizeAt(high) !== size) {
    const rounded = rounding === "up" ? await play(high) : undefined;
    // the next larger multiple may survive or be impossible; a step that is needed exactly as it is stays
    const smaller = rounded ?? (high > 1 ? await play(high - 1) : undefined);
    if (smaller === undefined) return trace;
    if (rounded === undefined) high -= 1;
    best = smaller;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const played = await play(middle);
    if (played === undefined) {
      low = middle;
    } else {
      best = played;
      high = middle;
    }
  }
  return best;
}
