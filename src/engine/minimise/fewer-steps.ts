import type { Trace, TraceStep } from "../events/trace.js";
import type { PlacedAmount } from "./amounts.js";
import type { Pass } from "./pass.js";

import { stepOf, withStep } from "../events/trace.js";

import { amountsOf, withAmounts } from "./amounts.js";
import { reduce } from "./reduce.js";

/** Leaves out all steps of an agent, a feed or an asset at once, before single steps are tried. */
export const fewerActors: Pass = async (trace, trial) => {
  let current = trace;
  const groupOf = (step: TraceStep): string => trial.kinds.of(step).shrinks.group(step);
  for (const group of new Set(trace.steps.map(groupOf))) {
    const steps = current.steps.filter((step) => groupOf(step) !== group);
    if (steps.length === current.steps.length) continue;
    current = (await trial.trace({ ...current, steps })) ?? current;
  }
  return current;
};

/** Leaves out chunks of steps, then single ones. */
export const fewerSteps: Pass = async (trace, trial) => {
  const steps = await reduce(trace.steps, async (kept) => (await trial.trace({ ...trace, steps: kept })) !== undefined);
  if (steps.length === trace.steps.length) return trace;
  return (await trial.trace({ ...trace, steps })) ?? trace;
};

/** Leaves out calls that a transaction makes, in chunks and one by one; finally replaces the transaction by its calls. */
export const fewerInnerCalls: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    const inner = step === undefined ? undefined : trial.kinds.of(step).shrinks.inner;
    if (step === undefined || inner === undefined || inner.count(step) === 0) continue;
    const played = async (places: readonly number[]): Promise<Trace | undefined> =>
      places.length === 0 ? undefined : trial.trace(withStep(current, step, inner.keeping(step, places)));
    const all = Array.from({ length: inner.count(step) }, (_call, at) => at);
    const kept = await reduce(all, async (places) => (await played(places)) !== undefined);
    if (kept.length < all.length) current = (await played(kept)) ?? current;
    const packed = current.steps[index];
    const steps = current.steps.flatMap((other) =>
      other === packed && inner.count(other) > 0 ? inner.unpacked(other).map(stepOf) : [other],
    );
    current = (await trial.trace({ ...current, steps })) ?? current;
  }
  return current;
};

/** How much larger the remaining step may become. */
const LARGER = [2n, 4n, 16n];

/**
 * Leaves out a step and enlarges the amounts of others: one swap instead of two, which no deletion finds. The passes that
 * follow shrink the larger amounts again.
 */
export const fewerLargerSteps: Pass = async (trace, trial) => {
  for (const [out, left] of trace.steps.entries()) {
    if (trial.kinds.of(left).shrinks.amounts === undefined) continue;
    for (const amounts of larger(amountsOf(trace, trial.kinds), out)) {
      const steps = withAmounts(trace, amounts, trial.kinds).steps.filter((_step, index) => index !== out);
      const played = await trial.trace({ ...trace, steps });
      if (played !== undefined) return played;
    }
  }
  return trace;
};

/** Larger amounts of the steps that stay: of one by what the other had, of one by a factor, of all by a factor. */
function* larger(amounts: readonly PlacedAmount[], out: number): Generator<ReadonlyMap<PlacedAmount, bigint>> {
  const removed = amounts.filter(({ step }) => step === out);
  const staying = amounts.filter(({ step }) => step !== out);
  const steps = [...new Set(staying.map(({ step }) => step))];
  for (const at of steps) {
    const leaves = staying.filter(({ step }) => step === at);
    const counterpart = (leaf: PlacedAmount): bigint =>
      removed.find(({ inner, way }) => inner === leaf.inner && way.join() === leaf.way.join())?.amount ?? 0n;
    if (leaves.some((leaf) => counterpart(leaf) > 0n)) {
      yield new Map(leaves.map((leaf) => [leaf, leaf.amount + counterpart(leaf)]));
    }
    for (const factor of LARGER) yield new Map(leaves.map((leaf) => [leaf, leaf.amount * factor]));
  }
  if (steps.length < 2) return;
  for (const factor of LARGER) yield new Map(staying.map((leaf) => [leaf, leaf.amount * factor]));
}
