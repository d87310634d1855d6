import type { Merging, Sizing } from "./kind.js";
import type { EventStep } from "./place.js";

import { PPM } from "../../quantity/ppm.js";

/** How finely thresholds of changes are found: 0.1 %. */
const CHANGE_RESOLUTION = 1_000;

interface ChangeStep extends EventStep {
  /** Parts per million, > -1,000,000. */
  readonly change: number;
}

/** Merges two changes into their product, in the block of the first or else of the second. */
export function mergedChanges<StepT extends ChangeStep>(
  together: (first: StepT, second: StepT) => boolean,
): Merging<StepT> {
  return {
    turn: "early",
    mergeable: () => true,
    together,
    merged: (first, second) => {
      const change = Math.round(((PPM + first.change) * (PPM + second.change)) / PPM) - PPM;
      return [first.block, second.block].map((block) => ({ ...first, block, change }));
    },
  };
}

/** Bisects a change to the smallest that fails, to within 0.1 %. */
export function sizeOfChange<StepT extends ChangeStep>(): Sizing<StepT> {
  return {
    turn: "late",
    of: ({ change }) => change,
    with: (step, change) => ({ ...step, change }),
    from: 0,
    resolution: CHANGE_RESOLUTION,
    unit: "ppm",
    rounding: "up",
    fits: (change) => change > -PPM,
  };
}
