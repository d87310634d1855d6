import type { OracleFault, OracleFaultKind } from "../../oracles/faults.js";
import type { PlainAmount } from "../../quantity/amount.js";
import type { Draw } from "../../scenario/draw.js";
import type { OracleFaultRange } from "../../scenario/scenario.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { isLasting, MAX_DECIMALS, MAX_FACTOR, ORACLE_FAULT_KINDS } from "../../oracles/faults.js";
import { blocks as blockCount, timesOfPpm } from "../../quantity/amount.js";
import { format, formatFactor } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";

import { draws } from "./draw.js";
import { block, name } from "./fields.js";

/** An oracle fault. */
export interface OracleGene extends Omit<OracleFault, "fault"> {
  readonly block: number;
  /** Default `silent`: genomes of scenarios with no other fault leave it out. */
  readonly fault?: OracleFaultKind;
}

/** An oracle fault, from `block` on. */
export interface OracleStep extends OracleFault {
  readonly kind: "oracle";
  readonly block: number;
}

/** An oracle fault, described. */
export interface OracleData {
  readonly kind: "oracle";
  /** The feed's name. */
  readonly oracle: string;
  readonly fault: OracleFaultKind;
  /** How long it lasts. */
  readonly duration: PlainAmount<"blocks">;
  /** Of `wrong`: what the price is multiplied by. */
  readonly factor?: PlainAmount<"times">;
  /** Of `decimals`: the new number of decimals. */
  readonly decimals?: number;
  /** The factor farthest from 1 that survives, if it is known. */
  readonly survives?: PlainAmount<"times">;
}

/** The most oracle faults per run. */
const MAX_FAULTS = 3;

/** How finely factors of wrong prices are found: 1 %. */
const FACTOR_RESOLUTION = 10_000;

const fields = {
  block,
  oracle: name,
  factor: z.number().int().min(0).max(MAX_FACTOR).optional(),
  decimals: z.number().int().min(0).max(MAX_DECIMALS).optional(),
};
const fault = z.enum(ORACLE_FAULT_KINDS);

/** Oracles fail in the ways that the scenario lists. */
export const oracleFault: EventKind<OracleGene, OracleStep, OracleData> = {
  kind: "oracle",
  genes: {
    field: "oracles",
    always: true,
    schema: z.object({ ...fields, fault: fault.optional(), blocks: z.number().int().min(1) }),
    draw: ({ scenario: { oracleFaults, blocks } }) => {
      const [first, ...others] = oracleFaults.map((range) => drawnFault(range, blocks));
      if (first === undefined) return draws.constant([]);
      return draws.list(others.length === 0 ? first : draws.either(first, ...others), { max: MAX_FAULTS });
    },
  },
  schema: z.object({
    kind: z.literal("oracle"),
    ...fields,
    fault,
    blocks: z.number().int().min(1).max(10_000),
  }),
  happens: {
    step: (gene) => ({ ...gene, fault: gene.fault ?? "silent", kind: "oracle" }),
    apply: (step, now) => ({ ...now, desk: now.desk.failing(step, step.block) }),
  },
  tells: {
    actor: ({ oracle }) => `${oracle} feed`,
    data: (step, { threshold }) => ({
      kind: "oracle",
      oracle: step.oracle,
      fault: step.fault,
      duration: blockCount(step.blocks),
      ...(step.factor === undefined ? {} : { factor: timesOfPpm(step.factor) }),
      ...(step.decimals === undefined ? {} : { decimals: step.decimals }),
      ...(threshold === undefined ? {} : { survives: timesOfPpm(threshold.survives) }),
    }),
    words: (data) => ({
      action: faultWords(data),
      consequence: data.survives === undefined ? undefined : `(${digits(data.survives)} survives)`,
    }),
    noun: (data) => (data.every((one) => one.fault === "silent") ? "a silent oracle" : "an oracle fault"),
  },
  shrinks: {
    group: ({ oracle }) => `feed ${oracle}`,
    merge: {
      turn: "late",
      mergeable: (step) => !isLasting(step.fault),
      together: (first, second) => first.oracle === second.oracle && first.fault === second.fault,
      // from where the first starts to where the second ends
      merged: (first, second) => [
        { ...first, blocks: Math.max(first.blocks, second.block + second.blocks - first.block) },
      ],
    },
    duration: {
      of: ({ blocks }) => blocks,
      with: (step, at, blocks) => ({ ...step, block: at, blocks }),
    },
    size: {
      turn: "early",
      of: ({ factor }) => factor,
      with: (step, factor) => ({ ...step, factor }),
      from: PPM,
      resolution: FACTOR_RESOLUTION,
      unit: "ppm",
      rounding: "down",
      fits: () => true,
    },
  },
};

function drawnFault({ kind, oracles, maxBlocks, factors, to }: OracleFaultRange, horizon: number): Draw<OracleGene> {
  const at = {
    block: draws.integer(1, horizon),
    oracle: draws.oneOf(...oracles),
    blocks: draws.integer(1, maxBlocks),
  };
  if (kind === "silent") return draws.record<OracleGene>(at);
  return draws.record<OracleGene>({
    ...at,
    fault: draws.constant(kind),
    ...(factors === undefined ? {} : { factor: drawnFactor(factors) }),
    ...(to === undefined ? {} : { decimals: draws.oneOf(...to) }),
  });
}

/** A factor between two bounds; half of the time it is one of the bounds: what matters is how far off a price can be. */
function drawnFactor([least, most]: readonly [number, number]): Draw<number> {
  return draws.either(draws.integer(least, most), draws.oneOf(least, most));
}

/** What an oracle does, after the feed's name. */
function faultWords({ fault: what, duration, factor, decimals = 0 }: OracleData): string {
  const time = `for ${format(duration)}`;
  switch (what) {
    case "silent":
      return `publishes nothing ${time}`;
    case "frozen":
      return `repeats its last price in fresh rounds ${time}`;
    case "stale":
      return `opens rounds that repeat its previous answer and timestamp ${time}`;
    case "zero":
      return `returns 0 ${time}`;
    case "negative":
      return `returns a negative price ${time}`;
    case "wrong":
      return `returns ${digits(factor ?? timesOfPpm(PPM))} times the price ${time}`;
    case "decimals":
      return `returns prices with ${decimals} decimals from now on`;
    case "phase":
      return "gets a new aggregator whose rounds start at 1";
    case "down":
      return `reports the sequencer as down ${time}`;
  }
}

/** Three digits: factors are found to 1 %. */
function digits({ value }: PlainAmount<"times">): string {
  return formatFactor(value, 3);
}
