import type { PlainAmount } from "../../quantity/amount.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { percentOfPpm } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";

import { mergedChanges, sizeOfChange } from "./change.js";
import { block, change, name } from "./fields.js";
import { marketPaths } from "./market-paths.js";

/** A sampled price move. */
export interface MarketGene {
  readonly block: number;
  readonly asset: string;
  /** Parts per million. */
  readonly change: number;
}

/** A price move: the fair price of an asset changes by `change` parts per million at the start of a block. */
export interface MarketStep {
  readonly kind: "market";
  readonly block: number;
  readonly asset: string;
  /** Parts per million, > -1,000,000; -125_000 is a fall of 12.5 %. */
  readonly change: number;
}

/** A price move, described. */
export interface MarketData {
  readonly kind: "market";
  readonly asset: string;
  /** A fall is below 0. */
  readonly change: PlainAmount<"percent">;
  /** The largest change that survives, if it is known. */
  readonly survives?: PlainAmount<"percent">;
}

/** Rounding of a product of changes, parts per million. */
const ROUNDING = 1;

/** Price moves of at least 3 % are something that agents react to. */
const MOMENTOUS = 0.03 * PPM;

const fields = { block, asset: name, change };

/** Whether agents react to a change, parts per million. */
export function isMomentous(moved: number): boolean {
  return Math.abs(moved) >= MOMENTOUS;
}

/** Fair prices follow the scenario's processes. */
export const priceMove: EventKind<MarketGene, MarketStep, MarketData> = {
  kind: "market",
  genes: {
    field: "market",
    always: true,
    schema: z.object(fields),
    draw: ({ scenario, intervals }) =>
      marketPaths(scenario, intervals).map((paths) =>
        [...scenario.assets.keys()].flatMap((asset, index) =>
          (paths[index] ?? []).map(({ block: at, change: moved }) => ({ block: at, asset, change: moved })),
        ),
      ),
    isMoment: ({ change: moved }) => isMomentous(moved),
  },
  schema: z.object({ kind: z.literal("market"), ...fields }),
  happens: {
    step: (gene) => ({ kind: "market", block: gene.block, asset: gene.asset, change: gene.change }),
    apply: ({ asset, change: moved }, now) => {
      const price = now.prices.get(asset);
      // a saved trace may move an asset that the scenario no longer has
      if (price === undefined || moved === 0) return undefined;
      return { ...now, prices: new Map(now.prices).set(asset, (price * (PPM + moved)) / PPM) };
    },
  },
  tells: {
    actor: () => "market",
    data: ({ asset, change: moved }, { threshold }) => ({
      kind: "market",
      asset,
      change: percentOfPpm(moved),
      ...(threshold === undefined ? {} : { survives: percentOfPpm(threshold.survives) }),
    }),
    words: ({ asset, change: moved, survives }) => ({
      action: `${asset} ${moved.value < 0 ? "falls" : "rises"} ${sizeWords(moved)}`,
      consequence: survives === undefined ? undefined : `(${sizeWords(survives)} survives)`,
    }),
    noun: () => "a price move",
  },
  shrinks: {
    group: ({ asset }) => `asset ${asset}`,
    merge: mergedChanges((first, second) => first.asset === second.asset),
    size: sizeOfChange(),
    possible: (steps, scenario) => isPaced(scenario, steps),
  },
};

/** `12.5 %` */
function sizeWords({ value, unit }: PlainAmount<"percent">): string {
  return format({ value: Math.abs(value), unit });
}

/** Whether no fair price moves faster than its process allows. Moves within one block count as one. */
export function isPaced({ assets }: Pick<Scenario, "assets">, steps: readonly MarketStep[]): boolean {
  const moved = new Map<string, number>();
  for (const step of steps) {
    const place = `${step.block} ${step.asset}`;
    const factor = ((moved.get(place) ?? 1) * (PPM + step.change)) / PPM;
    moved.set(place, factor);
    const { pace = Infinity } = assets.get(step.asset)?.process ?? {};
    if (Math.abs(factor - 1) * PPM > pace + ROUNDING) return false;
  }
  return true;
}
