import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { RunState } from "./state.js";

import { worth } from "../world/observed-view.js";

import { startView } from "./views.js";

/** The first condition that is violated before anything happens. */
export function judgeStart(world: World): Violation | undefined {
  const start = startView(world);
  return judge(world, start, { observation: world.start, interferences: [] }, start);
}

/** The first violated condition. */
export function judge(
  world: World,
  view: ObservedView,
  { observation, interferences }: Pick<RunState, "observation" | "interferences">,
  startView: ObservedView,
): Violation | undefined {
  for (const { bound, part } of world.conditions) {
    const evidence = bound.judge({
      reading: observation.get(part),
      start: world.start.get(part),
      view,
      startView,
      target: world.target,
      interferences,
      worth: (account, holdings) =>
        worth(world.frame, holdings === "start" ? startView : view, account, (asset) => view.price(asset)),
    });
    if (evidence !== undefined) {
      return { condition: bound.id, target: world.target.name, block: view.block, evidence };
    }
  }
  return undefined;
}
