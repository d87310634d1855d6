import type { GivenEvidence } from "../../conditions/evidence.js";
import type { FindingRecord } from "./finding-record.js";
import type { Reproduction } from "./reproduction.js";

import { completeEvidence } from "../../conditions/evidence.js";

import { REPRODUCTION_VERSION } from "./reproduction.js";

/** What is read of a file of version 1. */
export interface VersionOne extends Omit<Reproduction, "finding" | "version">, Pick<FindingRecord, "genome" | "trace"> {
  readonly version: 1;
  readonly violation: Omit<FindingRecord["violation"], "cause" | "evidence"> & { readonly evidence: GivenEvidence };
}

/**
 * Converts a file of version 1. It keeps what is replayed: the violation, the trace, the state. Its steps, thresholds and
 * certificate are sentences instead of data; a campaign that finds the file works them out again and rewrites it.
 */
export function fromVersionOne(old: VersionOne): Reproduction {
  const { violation, genome, trace, ...envelope } = old;
  const seen = { ...violation, cause: violation.condition, evidence: completeEvidence(violation.evidence) };
  return {
    ...envelope,
    version: REPRODUCTION_VERSION,
    finding: {
      violation: seen,
      found: seen,
      genome,
      trace,
      certificate: undefined,
      thresholds: [],
      steps: [],
      coupling: undefined,
      losses: [],
      interferences: [],
    },
  };
}
