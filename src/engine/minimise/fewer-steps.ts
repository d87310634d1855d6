import type { CallStep, InnerCall, Trace, TraceStep } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { DEFAULT_GAS } from "../run/intent.js";

import { amountsOf, withAmounts } from "./amount-leaves.js";
import { reduce } from "./reduce.js";

/** Leaves out whole agents, feeds and assets: what takes most away is tried first. */
export const fewerActors: Pass = async (trace, trial) => {
  let current = trace;
  for (const actor of new Set(trace.steps.map(actorOf))) {
    const steps = current.steps.filter((step) => actorOf(step) !== actor);
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

/** Leaves out calls that a transaction makes, in chunks and one by one; in the end, the transaction around a single call. */
export const fewerInnerCalls: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step?.kind !== "call" || step.inner === undefined) continue;
    const played = async (inner: readonly InnerCall[]): Promise<Trace | undefined> =>
      inner.length === 0 ? undefined : trial.trace(withInner(current, step, inner));
    const inner = await reduce(step.inner, async (kept) => (await played(kept)) !== undefined);
    if (inner.length < step.inner.length) current = (await played(inner)) ?? current;
    current = (await trial.trace(unpacked(current, current.steps[index]))) ?? current;
  }
  return current;
};

/** The trace with other calls in one of its transactions. */
export function withInner(trace: Trace, step: CallStep, inner: readonly InnerCall[]): Trace {
  return { ...trace, steps: trace.steps.map((other) => (other === step ? { ...step, inner } : other)) };
}

/** The calls of a transaction as transactions of their own, without the loan: simpler, if they do it as well. */
function unpacked(trace: Trace, packed: TraceStep | undefined): Trace {
  return {
    ...trace,
    steps: trace.steps.flatMap((step): readonly TraceStep[] => {
      if (step !== packed || step.kind !== "call" || step.inner === undefined) return [step];
      const { inner, ...rest } = step;
      return inner.map((call) => ({ ...rest, ...call, gas: DEFAULT_GAS }));
    }),
  };
}

/** How much larger a step may become that stands for two. */
const LARGER = [2n, 4n, 16n];

/**
 * Leaves out a step and makes the amounts of another one larger: one swap instead of two, which no deletion finds. Larger
 * amounts are made as small as they can be by the passes that follow.
 */
export const fewerLargerSteps: Pass = async (trace, trial) => {
  for (const [out, left] of trace.steps.entries()) {
    if (left.kind !== "call") continue;
    for (const at of trace.steps.keys()) {
      const leaves = at === out ? [] : amountsOf(trace).filter(({ step }) => step === at);
      if (leaves.length === 0) continue;
      for (const factor of LARGER) {
        const larger = withAmounts(trace, new Map(leaves.map((leaf) => [leaf, leaf.amount * factor])));
        const steps = larger.steps.filter((_step, index) => index !== out);
        const played = await trial.trace({ ...trace, steps });
        if (played !== undefined) return played;
      }
    }
  }
  return trace;
};

function actorOf(step: Parameters<Pass>[0]["steps"][number]): string {
  switch (step.kind) {
    case "market":
      return `asset ${step.asset}`;
    case "oracle":
      return `feed ${step.oracle}`;
    case "gas":
      return "block space";
    case "builder":
      return "builder";
    case "call":
      return `agent ${step.agent}`;
  }
}
