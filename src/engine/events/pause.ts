import type { PlainAmount } from "../../quantity/amount.js";
import type { Draw } from "../../scenario/draw.js";
import type { PauseModel } from "../../scenario/scenario.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { seconds as span } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";

import { draws } from "./draw.js";
import { block } from "./fields.js";

/** Time passes before a block. */
export interface PauseGene {
  readonly block: number;
  readonly seconds: number;
}

/** Time passes before a block, in which nobody acts: prices stand still, and feeds keep to their heartbeats. */
export interface PauseStep {
  readonly kind: "pause";
  readonly block: number;
  readonly seconds: number;
}

/** A pause, described. */
export interface PauseData {
  readonly kind: "pause";
  readonly duration: PlainAmount<"seconds">;
  /** The longest pause that survives, if it is known. */
  readonly survives?: PlainAmount<"seconds">;
}

/** How finely the shortest pause is found: a minute. */
const RESOLUTION = 60;

/** The longest that is read from a file, seconds: 100 years. */
const LONGEST = 100 * 31_536_000;

/** Draws of runs without a pause, for each with one. */
const WITHOUT = 1;

const fields = { block, seconds: z.number().int().min(1).max(LONGEST) };

/** Time passes between two blocks. */
export const pause: EventKind<PauseGene, PauseStep, PauseData> = {
  kind: "pause",
  genes: {
    field: "pauses",
    schema: z.object(fields),
    draw: ({ scenario: { pauses, blocks } }) => drawnPauses(pauses, blocks),
    isMoment: () => true,
  },
  schema: z.object({ kind: z.literal("pause"), ...fields }),
  happens: {
    step: (gene) => ({ kind: "pause", block: gene.block, seconds: gene.seconds }),
    // it is over before anything else happens in its block
    apply: (_step, now) => now,
    seconds: (step) => step.seconds,
  },
  tells: {
    actor: () => "time",
    data: ({ seconds }, { threshold }) => ({
      kind: "pause",
      duration: span(seconds),
      ...(threshold === undefined ? {} : { survives: span(threshold.survives) }),
    }),
    words: ({ duration, survives }) => ({
      action: `${format(duration)} ${duration.value === 1 ? "passes" : "pass"}`,
      consequence: survives === undefined ? undefined : `(${format(survives)} survives)`,
    }),
    noun: () => "time",
  },
  shrinks: {
    group: () => "time",
    merge: {
      turn: "early",
      mergeable: () => true,
      together: () => true,
      merged: (first, second) =>
        [first.block, second.block].map((at) => ({ ...first, block: at, seconds: first.seconds + second.seconds })),
    },
    size: {
      turn: "late",
      of: ({ seconds }) => seconds,
      with: (step, seconds) => ({ ...step, seconds }),
      from: 0,
      resolution: RESOLUTION,
      unit: "seconds",
      rounding: "up",
      fits: (seconds) => seconds > 0 && seconds <= LONGEST,
    },
  },
};

/** Pauses of any order of magnitude: as many of hours as of weeks. */
function drawnPauses({ most, seconds: [least, longest] }: PauseModel, horizon: number): Draw<readonly PauseGene[]> {
  if (most === 0) return draws.constant([]);
  const one = draws.record<PauseGene>({
    block: draws.integer(1, horizon),
    seconds: draws
      .integer(0, PPM)
      .map((share) => Math.min(longest, Math.round(least * (longest / least) ** (share / PPM)))),
  });
  const none = Array.from({ length: WITHOUT }, () => draws.constant<readonly PauseGene[]>([]));
  return draws
    .either<readonly PauseGene[]>(draws.list(one, { min: 1, max: most }), ...none)
    .map((pauses) => [...pauses].sort((a, b) => a.block - b.block));
}
