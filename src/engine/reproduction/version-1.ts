import type { z } from "zod";

import type { Reproduction } from "./reproduction.js";
import type { versionOneSchema } from "./schema.js";

import { toEvidence } from "../../conditions/evidence.js";

import { REPRODUCTION_VERSION } from "./reproduction.js";

/**
 * A file of version 1 as one of this version. It has what is played: the violation, the trace, the state. Its sentences about
 * steps, thresholds and certificate are no data; a campaign that meets the file finds all that out again and writes it anew.
 */
export function fromVersionOne(old: z.infer<typeof versionOneSchema>): Reproduction {
  const { violation, genome, trace, ...envelope } = old;
  const seen = { ...violation, evidence: toEvidence(violation.evidence) };
  const reproduction = {
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
  // the schema's strings are wider than viem's 0x${string}
  return reproduction as unknown as Reproduction;
}
