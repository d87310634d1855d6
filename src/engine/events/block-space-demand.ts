import type { EventKind } from "./kind.js";
import type { Measure } from "./measure.js";

import { z } from "zod";

import { PPM } from "../../quantity/ppm.js";

import { mergedChanges, sizeOfChange } from "./change.js";
import { block, change } from "./fields.js";
import { timesOf } from "./measure.js";
import { pathOf } from "./sampled-path.js";

/** The others' demand for block space changes. */
export interface GasGene {
  readonly block: number;
  /** Parts per million. */
  readonly change: number;
}

/** The others' demand for block space changes by `change` parts per million at the start of a block. */
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
  readonly factor: Measure;
  /** The factor farthest from 1 that survives, if it is known. */
  readonly survives?: Measure;
}

const fields = { block, change };

/** Everybody else wants more block space, or less. */
export const blockSpaceDemand: EventKind<GasGene, GasStep, GasData> = {
  kind: "gas",
  genes: {
    field: "gas",
    schema: z.object(fields),
    draw: ({ scenario }) => pathOf(scenario.gas.demand, scenario),
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
      factor: timesOf(PPM + wanted),
      ...(threshold === undefined ? {} : { survives: timesOf(PPM + threshold.survives) }),
    }),
    words: ({ factor, survives }) => ({
      action: `demand x ${digits(factor.value)}`,
      consequence: survives === undefined ? undefined : `(survives at x ${digits(survives.value)})`,
    }),
    noun: () => "crowded blocks",
  },
  shrinks: {
    group: () => "block space",
    merge: mergedChanges(() => true),
    size: sizeOfChange(),
  },
};

/** To four digits. */
function digits(factor: number): string {
  return String(Number(factor.toPrecision(4)));
}
