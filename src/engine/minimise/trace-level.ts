import type { Trace, TraceStep } from "../events/trace.js";
import type { Certificate, DeletionProof, Threshold } from "./certificate.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { PPM } from "../../quantity/ppm.js";

import { ordinaryFees } from "./canonical-order.js";
import { fewerBlocks, togetherInBlocks } from "./fewer-blocks.js";
import { fewerActors, fewerInnerCalls, fewerLargerSteps, fewerSteps, withInner } from "./fewer-steps.js";
import { fewerFaults, shorterFaults } from "./oracle-faults.js";
import { fewerPriceMoves, isMove, smallerPriceMoves, THRESHOLD_RESOLUTION, withChange } from "./price-moves.js";
import { allSmaller, smallerAmounts, smallerPairs } from "./smaller-amounts.js";
import { FACTOR_RESOLUTION, smallerFactors, withFactor } from "./smaller-factors.js";

/** In the order of what they save. */
const PASSES: readonly Pass[] = [
  fewerActors,
  fewerSteps,
  fewerInnerCalls,
  fewerBlocks,
  fewerPriceMoves,
  fewerFaults,
  shorterFaults,
  smallerFactors,
  togetherInBlocks,
  ordinaryFees,
  allSmaller,
  smallerAmounts,
  smallerPairs,
  smallerPriceMoves,
  fewerLargerSteps,
];

/** A trace from which nothing can be taken, and the proof. */
export interface MinimalTrace {
  readonly trace: Trace;
  readonly certificate: Certificate;
  readonly thresholds: readonly Threshold[];
}

/**
 * The second level: applies all passes to a fixpoint, then proves that no single step can be left out.
 *
 * @param accepted - called with every smaller trace, before the next pass starts
 */
export async function minimiseTrace(
  found: Trace,
  trial: Trial,
  accepted: (trace: Trace) => Promise<void>,
): Promise<MinimalTrace> {
  let trace = found;
  for (;;) {
    const before = trace;
    for (const pass of PASSES) {
      const smaller = await pass(trace, trial);
      if (smaller === trace) continue;
      trace = smaller;
      await accepted(trace);
    }
    if (trace !== before) continue;
    const { deletions, removable } = await proveMinimal(trace, trial);
    if (removable === undefined) {
      return { trace, certificate: { kind: "1-minimal", deletions }, thresholds: await thresholdsOf(trace, trial) };
    }
    trace = removable;
    await accepted(trace);
  }
}

/** Runs the trace without each of its steps. */
async function proveMinimal(
  trace: Trace,
  trial: Trial,
): Promise<{ readonly deletions: readonly DeletionProof[]; readonly removable: Trace | undefined }> {
  const deletions: DeletionProof[] = [];
  for (const index of trace.steps.keys()) {
    const candidate = { ...trace, steps: trace.steps.filter((_step, at) => at !== index) };
    const removable = await trial.trace(candidate);
    if (removable !== undefined) return { deletions: [], removable };
    const outcome = await trial.outcome(candidate);
    deletions.push({ step: index, without: outcome.kind === "survived" ? "survived" : "another violation" });
    const step = trace.steps[index];
    if (step?.kind !== "call" || step.inner === undefined || step.inner.length < 2) continue;
    for (const inner of step.inner.keys()) {
      const shorter = withInner(
        trace,
        step,
        step.inner.filter((_call, at) => at !== inner),
      );
      const alsoRemovable = await trial.trace(shorter);
      if (alsoRemovable !== undefined) return { deletions: [], removable: alsoRemovable };
      const ended = await trial.outcome(shorter);
      deletions.push({ step: index, inner, without: ended.kind === "survived" ? "survived" : "another violation" });
    }
  }
  return { deletions, removable: undefined };
}

async function thresholdsOf(trace: Trace, trial: Trial): Promise<readonly Threshold[]> {
  const thresholds: Threshold[] = [];
  for (const [index, step] of trace.steps.entries()) {
    const nearer = nextSmaller(trace, step);
    // what is left of a bisection that found no boundary has no threshold to name
    if (nearer === undefined || (await trial.trace(nearer.trace)) !== undefined) continue;
    const { fails, survives, resolution } = nearer;
    thresholds.push({ step: index, kind: step.kind, fails, survives, resolution, unit: "ppm" });
  }
  return thresholds;
}

/** The trace with the next smaller size of a price move, or of how wrong a price is. */
function nextSmaller(
  trace: Trace,
  step: TraceStep,
): (Pick<Threshold, "fails" | "survives" | "resolution"> & { readonly trace: Trace }) | undefined {
  if (isMove(step)) {
    const survives = step.change - Math.sign(step.change) * THRESHOLD_RESOLUTION;
    const smaller = withChange(trace, step, survives);
    return { trace: smaller, fails: step.change, survives, resolution: THRESHOLD_RESOLUTION };
  }
  if (step.kind !== "oracle" || step.factor === undefined) return undefined;
  const survives = step.factor - Math.sign(step.factor - PPM) * FACTOR_RESOLUTION;
  const nearer = withFactor(trace, step, survives);
  return { trace: nearer, fails: step.factor, survives, resolution: FACTOR_RESOLUTION };
}
