import type { MinimalTrace } from "../minimise/trace-level.js";
import type { FindingRecord } from "../reproduction/finding-record.js";
import type { Recording } from "../reproduction/record.js";
import type { Violation } from "../run/outcome.js";
import type { World } from "../world/world.js";

import { isReaction } from "../events/trace.js";

import { couplingOf } from "./coupling.js";
import { describeSteps } from "./describe.js";

/** A recording that ended in the violation. */
type ConfirmedRecording = Recording & { readonly outcome: { readonly kind: "violation" } };

/** What a confirmed minimal trace shows, beyond the violation itself. */
type Explanation = Omit<FindingRecord, "found" | "genome" | "losses">;

/**
 * Explains a minimal trace by its last recording, in which honest agents react. The report lists their reactions, but the
 * minimiser did not try them: the indices in the certificate and the thresholds shift to where their steps are now.
 */
export function explainFinding(world: World, minimal: MinimalTrace, recording: ConfirmedRecording): Explanation {
  const { violation, trace } = recording.outcome;
  const place = trace.steps.flatMap((step, index) => (isReaction(step) ? [] : [index]));
  const moved = <T extends { readonly step: number }>(entry: T): T => ({
    ...entry,
    step: place[entry.step] ?? entry.step,
  });
  const { certificate } = minimal;
  const thresholds = minimal.thresholds.map(moved);
  return {
    violation,
    trace,
    certificate: { ...certificate, deletions: certificate.deletions.map(moved) },
    thresholds,
    steps: describeSteps(world, trace, recording.effects, thresholds),
    rounds: recording.rounds,
    coupling: couplingOf(trace),
    interferences: recording.interferences,
  };
}

/** Whether a recording shows a violation of the same cause. */
export function isViolationOf(recording: Recording, { cause }: Violation): recording is ConfirmedRecording {
  return recording.outcome.kind === "violation" && recording.outcome.violation.cause === cause;
}
