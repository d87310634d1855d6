import type { ChangeDetector, FoundChange, Scale } from "./detector.js";

import { requireInRange, requireKnown } from "../../options.js";

import { scaleOf } from "./detector.js";

/** Options of `changesIn` with the method `cusum`. */
export interface CusumOptions {
  /** The smallest shift of the mean that matters, in standard deviations: 0.1 to 10. Default 1. */
  readonly shift?: number;
  /** The sum at which a change is told, in standard deviations: 1 to 100. Default 8. */
  readonly threshold?: number;
  /** Values from which the mean and the deviation of a new regime are taken, 5 to 10,000. Default 20. */
  readonly warmUp?: number;
}

/** A one-sided sum. */
interface Side {
  readonly sum: number;
  /** The place of the first value since it was 0. */
  readonly since: number;
}

/**
 * Cumulative sums, on both sides (Page, *Continuous inspection schemes*, Biometrika 41, 1954; Montgomery, *Introduction to
 * Statistical Quality Control*, 9.1): deviations from the mean beyond half of `shift` add up until they exceed `threshold`. Normal
 * values whose mean is known set off a false alarm every 465 values on average with a threshold of 5, and about every 9,500 with
 * one of 8; a shift of one deviation is found after 10.4 and 16.4. The change is where the sum that exceeded it last left 0. The scale of the next regime is that of its first
 * `warmUp` values.
 *
 * @param scale - the first regime's
 * @throws SiegeError `INVALID_OPTION`
 */
export function cusumDetector(scale: Scale, options: CusumOptions = {}): ChangeDetector {
  requireCusum(options);
  const { shift = 1, threshold = 8, warmUp = 20 } = options;
  let { centre, spread } = scale;
  let place = -1;
  let [up, down]: readonly Side[] = [];
  /** The values of a new regime until there are enough of them. */
  let learning: number[] | undefined;
  const restart = (): void => {
    up = down = { sum: 0, since: place + 1 };
  };
  const added = (side: Side | undefined, excess: number): Side => {
    const sum = Math.max(0, (side?.sum ?? 0) + excess);
    return { sum, since: sum === 0 ? place + 1 : (side?.since ?? place) };
  };
  restart();
  return {
    observe: (value): FoundChange | undefined => {
      place += 1;
      if (learning !== undefined) {
        learning.push(value);
        if (learning.length < warmUp) return undefined;
        ({ centre, spread } = scaleOf(learning));
        learning = undefined;
        restart();
        return undefined;
      }
      const deviation = (value - centre) / spread;
      up = added(up, deviation - shift / 2);
      down = added(down, -deviation - shift / 2);
      const crossed = [up, down].find(({ sum }) => sum > threshold);
      if (crossed === undefined) return undefined;
      learning = [];
      return { at: crossed.since, foundAt: place };
    },
  };
}

/** @throws SiegeError `INVALID_OPTION` */
function requireCusum(options: CusumOptions): void {
  const owner = "cusum";
  requireKnown(owner, options, ["shift", "threshold", "warmUp"]);
  const { shift, threshold, warmUp } = options;
  if (shift !== undefined) requireInRange(owner, "shift", shift, { min: 0.1, max: 10 });
  if (threshold !== undefined) requireInRange(owner, "threshold", threshold, { min: 1, max: 100 });
  if (warmUp !== undefined) requireInRange(owner, "warmUp", warmUp, { min: 5, max: 10_000, kind: "integer" });
}
