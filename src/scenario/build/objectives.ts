import type { Objective } from "../parameters/objective.js";

import { isRecord, requireMade, requireValue } from "./check.js";
import { requireName } from "./names.js";

/** Checks the objectives, by name. */
export function buildObjectives(objectives: unknown): ReadonlyMap<string, Objective> {
  if (objectives === undefined) return new Map();
  requireValue(
    "objectives",
    objectives,
    isRecord(objectives),
    'List them by name: objectives: { fees: objective({ goal: "maximise", reads }) }.',
  );
  const built = new Map<string, Objective>();
  for (const [name, candidate] of Object.entries(objectives)) {
    requireName("objectives", name);
    const path = `objectives.${name}`;
    requireMade(
      path,
      candidate,
      isRecord(candidate) && "goal" in candidate && ("reads" in candidate || "of" in candidate),
      {
        what: "an objective",
        call: 'Call it: objective({ goal: "maximise", reads }).',
        use: "Make it with objective({ goal, reads, of, unit }) of hardhat-siege/scenario.",
      },
    );
    // made by objective(), or by something that is shaped like what it makes
    built.set(name, candidate as unknown as Objective);
  }
  return built;
}
