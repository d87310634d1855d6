import type { Scenario } from "../../scenario/scenario.js";
import type { MarketStep, Trace } from "../events/trace.js";

import { PPM } from "../../quantity/ppm.js";

/** Rounding of a product of changes, parts per million. */
const ROUNDING = 1;

/** Whether no fair price moves faster than its process does. Moves of one block are one. */
export function isPaced({ assets }: Pick<Scenario, "assets">, { steps }: Pick<Trace, "steps">): boolean {
  const moved = new Map<string, number>();
  for (const step of steps) {
    if (step.kind !== "market") continue;
    const place = placeOf(step);
    const factor = ((moved.get(place) ?? 1) * (PPM + step.change)) / PPM;
    moved.set(place, factor);
    const { pace = Infinity } = assets.get(step.asset)?.process ?? {};
    if (Math.abs(factor - 1) * PPM > pace + ROUNDING) return false;
  }
  return true;
}

function placeOf({ block, asset }: MarketStep): string {
  return `${block} ${asset}`;
}
