import type { PlainAmount } from "../../quantity/amount.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { createRandom } from "../../market/random.js";
import { seconds as span } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";

import { draws, seeds } from "./draw.js";
import { block } from "./fields.js";

/** A block comes later or earlier than the mean time after the one before it. */
export interface IntervalGene {
  readonly block: number;
  /** Below 0 if it is early. */
  readonly seconds: number;
}

/** A block comes so many seconds later (or, below 0, earlier) than the scenario's mean time after the one before it. */
export interface IntervalStep {
  readonly kind: "interval";
  readonly block: number;
  readonly seconds: number;
}

/** A late or an early block, described. */
export interface IntervalData {
  readonly kind: "interval";
  /** An early block's is below 0. */
  readonly late: PlainAmount<"seconds">;
  /** The largest difference that survives, if it is known. */
  readonly survives?: PlainAmount<"seconds">;
}

/** The most that is read from a file, seconds: a year. */
const MOST = 31_536_000;

const fields = { block, seconds: z.number().int().min(-MOST).max(MOST) };

/** How long after one another blocks come, where the scenario draws it. */
export const interval: EventKind<IntervalGene, IntervalStep, IntervalData> = {
  kind: "interval",
  genes: {
    field: "intervals",
    schema: z.object(fields),
    draw: ({ scenario }) => drawnIntervals(scenario),
  },
  schema: z.object({ kind: z.literal("interval"), ...fields }),
  happens: {
    step: (gene) => ({ kind: "interval", block: gene.block, seconds: gene.seconds }),
    // the clock has it before anything else happens in its block
    apply: (_step, now) => now,
    late: (step) => step.seconds,
  },
  tells: {
    actor: () => "time",
    data: ({ seconds }, { threshold }) => ({
      kind: "interval",
      late: span(seconds),
      ...(threshold === undefined ? {} : { survives: span(threshold.survives) }),
    }),
    words: ({ late, survives }) => ({
      action: `the block is ${lengthOf(late)} ${late.value < 0 ? "early" : "late"}`,
      consequence: survives === undefined ? undefined : `(${lengthOf(survives)} survives)`,
    }),
    noun: () => "time between blocks",
  },
  shrinks: {
    group: () => "intervals",
    merge: {
      turn: "early",
      mergeable: () => true,
      together: () => true,
      merged: (first, second) => {
        const seconds = first.seconds + second.seconds;
        return seconds === 0 ? [] : [first.block, second.block].map((at) => ({ ...first, block: at, seconds }));
      },
    },
    size: {
      turn: "late",
      of: ({ seconds }) => seconds,
      with: (step, seconds) => ({ ...step, seconds }),
      from: 0,
      resolution: 1,
      unit: "seconds",
      rounding: "up",
      fits: (seconds) => Math.abs(seconds) <= MOST,
    },
  },
};

/** The seconds before each block that genes stand for; `undefined` in a scenario that does not draw them. */
export function intervalsIn(
  genes: readonly IntervalGene[],
  { blocks, blockTime, intervals }: Pick<Scenario, "blocks" | "blockTime" | "intervals">,
): readonly number[] | undefined {
  if (intervals === "fixed") return undefined;
  const late = new Map(genes.map((gene) => [gene.block, gene.seconds]));
  return Array.from({ length: blocks }, (_value, index) => Math.max(1, blockTime + (late.get(index + 1) ?? 0)));
}

function drawnIntervals({
  blocks,
  blockTime,
  intervals,
}: Pick<Scenario, "blocks" | "blockTime" | "intervals">): Draw<readonly IntervalGene[]> {
  if (intervals === "fixed") return draws.constant([]);
  return seeds().map((seed) => {
    const random = createRandom(seed);
    return Array.from({ length: blocks }, (_value, index) => ({
      block: index + 1,
      seconds: wholeSeconds(random.next(), blockTime) - blockTime,
    })).filter(({ seconds }) => seconds !== 0);
  });
}

/**
 * Exponential intervals in whole seconds, at least 1, as a chain has them: geometric, by inversion. In each second a block comes
 * with the same probability, 1 / mean, however long ago the last one was.
 *
 * @param uniform - from 0 to below 1
 */
function wholeSeconds(uniform: number, mean: number): number {
  return mean === 1 ? 1 : 1 + Math.floor(Math.log1p(-uniform) / Math.log1p(-1 / mean));
}

function lengthOf({ value, unit }: PlainAmount<"seconds">): string {
  return format({ value: Math.abs(value), unit });
}
