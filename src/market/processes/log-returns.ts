import { PPM } from "../../quantity/ppm.js";

/** The largest rise of a block that a trace can hold, parts per million. */
const LARGEST_RISE = 1e15;

/** A price stays between a billionth and a billion times its start, so that it can neither vanish nor overflow. */
const FARTHEST = Math.log(1e9);

/**
 * Log returns, one a block, as the changes that a process samples: whole parts per million, each rounded as `gbm` rounds
 * its own. A block that would take the price beyond its bounds leaves it where it is.
 */
export function changesOf(logReturns: readonly number[]): readonly number[] {
  let reached = 0;
  return logReturns.map((logReturn) => {
    const change = Math.min(LARGEST_RISE, Math.max(1 - PPM, Math.round(Math.expm1(logReturn) * PPM)));
    const next = reached + Math.log1p(change / PPM);
    if (Math.abs(next) > FARTHEST) return 0;
    reached = next;
    return change;
  });
}

/**
 * A path given by its levels, logarithms relative to the start, one a block. Each change is measured from where the rounded ones
 * before it have led, so that rounding does not add up, and moves of less than one part per million are not lost.
 */
export function changesAlong(levels: readonly number[]): readonly number[] {
  let reached = 0;
  return levels.map((level) => {
    const [change = 0] = changesOf([Math.max(-FARTHEST, Math.min(FARTHEST, level)) - reached]);
    reached += Math.log1p(change / PPM);
    return change;
  });
}
