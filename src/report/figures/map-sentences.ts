import type { SiegeMap } from "../../risk/map/map-result.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { count } from "../lines.js";

/** How a map was made. */
export function mapSentences({ points, runs, seed, forkBlock, parameters = {}, cut }: SiegeMap): readonly string[] {
  const set = Object.entries(parameters).map(([name, value]) => `${legible(name, NAME_WIDTH)} ${value}`);
  const block = forkBlock === undefined ? "" : `, block ${forkBlock}`;
  return [
    `${count(points.length, "campaign")} of up to ${count(runs, "run")} each, seed ${seed} at every point${block}.${set.length === 0 ? "" : ` At every point: ${set.join(", ")}.`} A point that survived is one at which this search found no break: it has no interval.`,
    ...(cut === undefined
      ? []
      : [`Stopped by ${cut === "interrupted" ? "an interruption" : "the time limit"}, before its end.`]),
  ];
}
