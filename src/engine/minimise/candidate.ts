import type { Genome } from "../events/genome.js";
import type { Trace } from "../events/trace.js";

import { textOf, toJson } from "../json.js";

/** What the minimiser tries: a smaller genome, whose policies react, or a smaller trace. */
export type Candidate =
  { readonly kind: "genome"; readonly genome: Genome } | { readonly kind: "trace"; readonly trace: Trace };

/** The same for candidates that are played alike. */
export function keyOf(candidate: Candidate): string {
  if (candidate.kind === "genome") return `genome ${toJson(candidate.genome)}`;
  const { blocks, derives, steps } = candidate.trace;
  return `trace ${blocks} ${String(derives)} ${steps.map(textOf).join()}`;
}
