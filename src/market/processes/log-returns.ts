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
