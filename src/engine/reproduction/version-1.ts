import type { GivenEvidence } from "../../conditions/evidence.js";
import type { FindingRecord } from "./finding-record.js";
import type { Reproduction } from "./reproduction.js";

import { completeEvidence } from "../../conditions/evidence.js";

import { REPRODUCTION_VERSION } from "./reproduction.js";

/** What is read of a file of version 1. */
export interface VersionOne extends Omit<Reproduction, "finding" | "version">, Pick<FindingRecord, "genome" | "trace"> {
  readonly version: 1;
  readonly violation: Omit<FindingRecord["violation"], "evidence"> & { readonly evidence: GivenEvidence };
}

/**
 * A file of version 1 as one of this version. It has what is played: the violation, the trace, the state. Its sentences about
 * steps, thresholds and certificate are no data; a campaign that meets the file finds all that out again and writes it anew.
 */
export function fromVersionOne(old: VersionOne): Reproduction {
  const { violation, genome, trace, ...envelope } = old;
  const seen = { ...violation, evidence: completeEvidence(violation.evidence) };
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
