import type { Random } from "../../market/random.js";
import type { Estimate } from "../intervals/interval.js";
import type { Fragmentation } from "./contagion-options.js";
import type { LossesTable } from "./losses-table.js";

import { bootstrapIntervals } from "../intervals/bootstrap.js";

import { totalOf } from "./amplification.js";
import { meanOf } from "./mean.js";

/** What it adds that liquidity is in several venues. Losses are those of all protocols with all shocks together, US dollars. */
export interface FragmentationLoss extends Fragmentation {
  /** With the depth in one venue. */
  readonly wholeLoss: Estimate;
  /** With it in several. */
  readonly partsLoss: Estimate;
  /** The second less the first, on the same paths. */
  readonly added: Estimate;
  /** `added` / `partsLoss`: the share of the loss that is there only because the liquidity is fragmented. Absent if nothing is lost. */
  readonly share?: Estimate;
  /** Paths that were played in both. */
  readonly paths: number;
}

/** The least sum of which a share is told, US dollars. */
const ROUNDING = 0.01;

/** Compares two worlds on the same paths. @param whole - one variant, as in `parts` */
export function fragmentationLoss(
  fragmentation: Fragmentation,
  { whole, parts }: { readonly whole: LossesTable; readonly parts: LossesTable },
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): FragmentationLoss | undefined {
  const paths = Math.min(whole.length, parts.length);
  if (paths < 2) return undefined;
  const pairs = Array.from({ length: paths }, (_path, path) => ({
    whole: totalOf(whole[path]?.[0]?.losses),
    parts: totalOf(parts[path]?.[0]?.losses),
  }));
  const mean = (of: (pair: { readonly whole: number; readonly parts: number }) => number): Estimate =>
    meanOf(pairs.map(of), confidence);
  const share = shareOf(pairs);
  return {
    ...fragmentation,
    wholeLoss: mean((pair) => pair.whole),
    partsLoss: mean((pair) => pair.parts),
    added: mean((pair) => pair.parts - pair.whole),
    ...(Number.isFinite(share)
      ? {
          share: {
            value: share,
            interval: bootstrapIntervals(pairs, (drawn) => [shareOf(drawn)], { confidence, random })(0),
          },
        }
      : {}),
    paths,
  };
}

function shareOf(pairs: readonly { readonly whole: number; readonly parts: number }[]): number {
  const parts = pairs.reduce((sum, pair) => sum + pair.parts, 0);
  const added = pairs.reduce((sum, pair) => sum + pair.parts - pair.whole, 0);
  return parts < ROUNDING ? NaN : added / parts;
}
