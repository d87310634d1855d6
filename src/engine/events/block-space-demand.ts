import type { PlainAmount } from "../../quantity/amount.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { timesOfPpm } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";

import { mergedChanges, sizeOfChange } from "./change.js";
import { block, change } from "./fields.js";
import { pathOf } from "./sampled-path.js";

/** Background demand for block space changes. */
export interface GasGene {
  readonly block: number;
  /** Parts per million. */
  readonly change: number;
}

/** Background demand for block space changes by `change` parts per million at the start of a block. */
export interface GasStep {
  readonly kind: "gas";
  readonly block: number;
  /** Parts per million, > -1,000,000; 19_000_000 is twenty times as much. */
  readonly change: number;
}

/** A change of the demand for block space, described. */
export interface GasData {
  readonly kind: "gas";
  /** What it is multiplied by. */
  readonly factor: PlainAmount<"times">;
  /** The factor farthest from 1 that survives, if it is known. */
  readonly survives?: PlainAmount<"times">;
}

const fields = { block, change };

/** Background demand for block space rises and falls. */
export const blockSpaceDemand: EventKind<GasGene, GasStep, GasData> = {
  kind: "gas",
  genes: {
    field: "gas",
    schema: z.object(fields),
    draw: ({ scenario, intervals }) => pathOf(scenario.gas.demand, scenario, intervals),
  },
  schema: z.object({ kind: z.literal("gas"), ...fields }),
  happens: {
    step: (gene) => ({ kind: "gas", block: gene.block, change: gene.change }),
    apply: ({ change: wanted }, now) => (wanted === 0 ? undefined : { ...now, space: now.space.wanted(wanted) }),
  },
  tells: {
    actor: () => "block space",
    data: ({ change: wanted }, { threshold }) => ({
      kind: "gas",
      factor: timesOfPpm(PPM + wanted),
      ...(threshold === undefined ? {} : { survives: timesOfPpm(PPM + threshold.survives) }),
    }),
    words: ({ factor, survives }) => ({
      action: `demand ${format(factor)}`,
      consequence: survives === undefined ? undefined : `(survives at ${format(survives)})`,
    }),
    noun: () => "block congestion",
  },
  shrinks: {
    group: () => "block space",
    merge: mergedChanges(() => true),
    size: sizeOfChange(),
  },
};
