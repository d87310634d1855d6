import type { Trace } from "../events/trace.js";
import type { Verdict } from "../run/outcome.js";
import type { Certificate, DeletionProof, Threshold } from "./certificate.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";

import { fewerBlocks, togetherInBlocks } from "./fewer-blocks.js";
import { fewerActors, fewerInnerCalls, fewerLargerSteps, fewerSteps } from "./fewer-steps.js";
import { mergedSteps } from "./merged-steps.js";
import { ordinaryFees } from "./ordinary-fees.js";
import { shorterLists } from "./shorter-lists.js";
import { shorterSteps } from "./shorter-steps.js";
import { allSmaller, smallerAmounts, smallerPairs } from "./smaller-amounts.js";
import { smallerSizes, thresholdsOf } from "./smaller-sizes.js";

/** The ones that save most come first. */
const PASSES: readonly Pass[] = [
  fewerActors,
  fewerSteps,
  fewerInnerCalls,
  shorterLists,
  fewerBlocks,
  mergedSteps("early"),
  mergedSteps("late"),
  shorterSteps,
  smallerSizes("early"),
  togetherInBlocks,
  ordinaryFees,
  allSmaller,
  smallerAmounts,
  smallerPairs,
  smallerSizes("late"),
  fewerLargerSteps,
];

/** A trace from which no step can be left out, with the proof. */
export interface MinimalTrace {
  readonly trace: Trace;
  readonly certificate: Certificate;
  readonly thresholds: readonly Threshold[];
}

/**
 * The second level: applies all passes until none of them helps, then proves that no single step can be left out.
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

function endedIn({ kind, also }: Verdict): DeletionProof["without"] {
  return kind === "survived" && also === undefined ? "survived" : "another violation";
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
    deletions.push({ step: index, without: endedIn(outcome) });
    const step = trace.steps[index];
    const parts = step === undefined ? undefined : trial.kinds.of(step).shrinks.inner;
    if (step === undefined || parts === undefined || parts.count(step) < 2) continue;
    const places = Array.from({ length: parts.count(step) }, (_call, at) => at);
    for (const inner of places) {
      const others = places.filter((at) => at !== inner);
      const shorter = withStep(trace, step, parts.keeping(step, others));
      const alsoRemovable = await trial.trace(shorter);
      if (alsoRemovable !== undefined) return { deletions: [], removable: alsoRemovable };
      const ended = await trial.outcome(shorter);
      deletions.push({ step: index, inner, without: endedIn(ended) });
    }
  }
  return { deletions, removable: undefined };
}
