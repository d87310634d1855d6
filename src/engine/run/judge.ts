import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { RunState, RunWatcher } from "./state.js";

import { isUnjudged } from "../../conditions/unjudged.js";
import { worth } from "../world/observed-view.js";

import { startView } from "./views.js";

/** The first condition that is violated before anything happens. */
export function judgeStart(world: World): Violation | undefined {
  const start = startView(world);
  return judge(world, start, { observation: world.start, interferences: [] }, start)[0];
}

/**
 * All violations after a block, in the order of the scenario's conditions.
 *
 * @param judged - called with every condition; with the reason if it was not judged
 */
export function judge(
  world: World,
  view: ObservedView,
  { observation, interferences }: Pick<RunState, "observation" | "interferences">,
  startView: ObservedView,
  judged: RunWatcher["judged"] = () => undefined,
): readonly Violation[] {
  return world.conditions.flatMap(({ bound, part }) => {
    const verdict = bound.judge({
      reading: observation.get(part),
      start: world.start.get(part),
      view,
      startView,
      target: world.target,
      interferences,
      worth: (account, holdings) =>
        worth(world.frame, holdings === "start" ? startView : view, account, (asset) => view.price(asset)),
    });
    const unjudged = isUnjudged(verdict) ? verdict : undefined;
    judged(bound.id, unjudged);
    if (isUnjudged(verdict)) return [];
    return verdict.map(({ cause, evidence }) => ({
      condition: bound.id,
      target: world.target.name,
      block: view.block,
      cause,
      evidence,
    }));
  });
}
