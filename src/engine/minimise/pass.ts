import type { Trace } from "../events/trace.js";
import type { Trial } from "./trial.js";

/**
 * One way of making a trace smaller or simpler. Takes a failing trace and returns a failing trace: the same
 * object if there was nothing to gain.
 */
export type Pass = (trace: Trace, trial: Trial) => Promise<Trace>;

/** Plays the candidates in turn and returns the first that still fails, as played; otherwise the trace itself. */
export async function firstThatFails(trace: Trace, candidates: Iterable<Trace>, trial: Trial): Promise<Trace> {
  for (const candidate of candidates) {
    const played = await trial.trace(candidate);
    if (played !== undefined) return played;
  }
  return trace;
}
