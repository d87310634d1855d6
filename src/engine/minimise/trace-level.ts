import type { Trace } from "../events/trace.js";
import type { Verdict } from "../run/outcome.js";
import type { Certificate, DeletionProof, Threshold } from "./certificate.js";
import type { Pass } from "./pass.js";
import type { Trial } from "./trial.js";

import { withStep } from "../events/trace.js";
import { toJson } from "../json.js";

import { Disagreement } from "./disagreement.js";
import { fewerBlocks, togetherInBlocks } from "./fewer-blocks.js";
import { fewerNumbered } from "./fewer-numbered.js";
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
  fewerNumbered,
];

/** A trace from which no step can be left out, with the proof. */
export interface MinimalTrace {
  readonly trace: Trace;
  readonly certificate: Certificate;
  readonly thresholds: readonly Threshold[];
}

/** What decides about a minimal trace, and what is told of smaller ones. */
interface Judging {
  /** Called with every smaller trace that is certain, before the next pass starts. */
  readonly accepted: (trace: Trace) => Promise<void>;
  /** A trial that can be trusted, if the candidates' one cannot. Default: that one. */
  readonly judge?: Trial;
}

/**
 * The second level: applies all passes until none of them helps, then proves that no single step can be left out.
 *
 * A judge looks at what is left when all passes are through, and makes the proof. If it sees something else, the passes begin
 * again, and from then on it looks at every candidate that fails: what only fails by a hair in one trial may not do so in
 * another.
 *
 * @throws Disagreement if the judge's proof is another one
 */
export async function minimiseTrace(
  found: Trace,
  trial: Trial,
  { accepted, judge = trial }: Judging,
): Promise<MinimalTrace> {
  let trace = found;
  let tried = trial;
  const isCertain = (): boolean => tried !== trial || judge === trial;
  for (;;) {
    const before = trace;
    for (const pass of PASSES) {
      const smaller = await tried.ahead((ahead) => pass(trace, ahead));
      if (smaller === trace) continue;
      trace = smaller;
      if (isCertain()) await accepted(trace);
    }
    if (!isCertain()) {
      if (!(await endsAlike(trace, judge))) {
        tried = trial.confirmedBy(judge);
        trace = before;
        continue;
      }
      if (trace !== before) await accepted(trace);
    }
    if (trace !== before) continue;
    const { deletions, removable } = await tried.ahead((ahead) => proveMinimal(trace, ahead));
    if (removable !== undefined) {
      trace = removable;
      if (isCertain()) await accepted(trace);
      continue;
    }
    const certificate = { kind: "1-minimal", deletions } as const;
    const minimal = { trace, certificate, thresholds: await thresholdsOf(trace, tried) };
    return judge === trial ? minimal : judged(minimal, judge);
  }
}

async function endsAlike(trace: Trace, judge: Trial): Promise<boolean> {
  const played = await judge.trace(trace);
  return played !== undefined && toJson(played) === toJson(trace);
}

/** The same trace with the judge's proof. */
async function judged({ trace, thresholds }: MinimalTrace, judge: Trial): Promise<MinimalTrace> {
  if (!(await endsAlike(trace, judge))) throw new Disagreement("the shortest sequence ends in another way then");
  const { deletions, removable } = await proveMinimal(trace, judge);
  if (removable !== undefined) throw new Disagreement("a step that seemed to be needed is not needed then");
  const own = await thresholdsOf(trace, judge);
  if (toJson(own) !== toJson(thresholds)) throw new Disagreement("the size from which it breaks is another one then");
  return { trace, certificate: { kind: "1-minimal", deletions }, thresholds: own };
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
