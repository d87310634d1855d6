import type { z } from "zod";

import type { Reproduction } from "./reproduction.js";
import type { versionOneSchema } from "./schema.js";

import { toEvidence } from "../../conditions/evidence.js";

import { REPRODUCTION_VERSION } from "./reproduction.js";

/**
 * Converts a file of version 1. It keeps what is replayed: the violation, the trace, the state. Its steps, thresholds and
 * certificate are sentences instead of data; a campaign that finds the file works them out again and rewrites it.
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
