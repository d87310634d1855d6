import type { Scenario } from "../../scenario/scenario.js";

import { SiegeError } from "../../errors.js";

/** What the events of a run are drawn for. */
type Drawn = Pick<Scenario, "agents" | "assets" | "blocks">;

/**
 * Makes sure that a run means the same in both scenarios.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireAlike(one: Drawn, other: Drawn): void {
  requireSame("assets", [...one.assets.keys()], [...other.assets.keys()]);
  requireSame("agents", [...one.agents.keys()], [...other.agents.keys()]);
  requireSame("blocks", [String(one.blocks)], [String(other.blocks)]);
}

function requireSame(what: string, one: readonly string[], other: readonly string[]): void {
  const [mine, its] = [one.toSorted().join(", "), other.toSorted().join(", ")];
  if (mine === its) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `diff: the two scenarios have different ${what}: ${mine} and ${its}.`,
    hint: "Compare scenarios that differ in the target, in its set-up or in parameters: the same run has to mean the same in both.",
  });
}
