import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";

import { amountsOf, withAmounts } from "./amounts.js";

/** Numbers of things above this were not counted up by the steps of a trace. */
const MOST = 1_000n;

/**
 * Leaves out a call, or one that is made inside another, and lowers the numbers of things by one, those from some number on: where
 * the call had made the first of two, the other is the first without it.
 */
export const fewerNumbered: Pass = async (trace, trial) => {
  for (const shorter of withoutOne(trace, trial)) {
    for (const candidate of renumbered(shorter, trial.kinds)) {
      const played = await trial.trace(candidate);
      if (played !== undefined) return played;
    }
  }
  return trace;
};

/** The trace without each of its calls. */
function* withoutOne(trace: Trace, { kinds }: Trial): Generator<Trace> {
  for (const [at, step] of trace.steps.entries()) {
    const { amounts, inner } = kinds.of(step).shrinks;
    if (amounts === undefined) continue;
    yield { ...trace, steps: trace.steps.filter((_step, other) => other !== at) };
    const places = Array.from({ length: inner?.count(step) ?? 0 }, (_call, place) => place);
    if (inner === undefined || places.length < 2) continue;
    for (const out of places) {
      const kept = places.filter((place) => place !== out);
      yield withStep(trace, step, inner.keeping(step, kept));
    }
  }
}

/** The trace with the numbers of things from one of them on lowered by one: from the least, from the next, and so on. */
function* renumbered(trace: Trace, kinds: EventKinds): Generator<Trace> {
  const ids = amountsOf(trace, kinds).filter(({ isId, amount }) => isId === true && amount <= MOST);
  const numbers = [...new Set(ids.map(({ amount }) => amount))].sort((one, other) => (one < other ? -1 : 1));
  for (const from of numbers) {
    const lowered = ids.filter(({ amount }) => amount >= from).map((id) => [id, id.amount - 1n] as const);
    yield withAmounts(trace, new Map(lowered), kinds);
  }
}
