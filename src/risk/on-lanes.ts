import type { Explored } from "../engine/search/spent.js";

import { requireInRange, requireOneOf } from "../options.js";

/** The most lanes. */
const MOST_LANES = 64;

/** How runs are spread over lanes, and executed there. */
export interface OnLanes {
  readonly lanes: number | "auto";
  readonly executor: Explored["executor"];
}

/** Checks both options, if they are given. @throws SiegeError `INVALID_OPTION` */
export function requireOnLanes(owner: string, { lanes = "auto", executor = "batched" }: Partial<OnLanes>): void {
  if (lanes !== "auto") requireInRange(owner, "lanes", lanes, { min: 1, max: MOST_LANES, kind: "integer" });
  requireOneOf(owner, "executor", executor, ["batched", "faithful"]);
}
