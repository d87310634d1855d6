import type { JudgeContext } from "../../conditions/condition.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { RunState, RunWatcher } from "./state.js";

import { isUnjudged } from "../../conditions/unjudged.js";
import { SiegeError } from "../../errors.js";
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
    const verdict = guarded(bound.id, view.block, () => {
      const context: JudgeContext<unknown> = {
        reading: observation.get(part),
        start: world.start.get(part),
        view,
        startView,
        target: world.target,
        interferences,
        worth: (account, holdings) =>
          worth(world.frame, holdings === "start" ? startView : view, account, (asset) => view.price(asset)),
      };
      return bound.judge(context);
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

function guarded<T>(condition: string, block: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // already says what is wrong
    if (SiegeError.isSiegeError(error)) throw error;
    throw new SiegeError("CONDITION_FAILED", {
      message: `The condition "${condition}" could not be judged after block ${block}: ${error instanceof Error ? error.message : String(error)}`,
      hint: "A condition must return a verdict in every state; use attempt() for reads that may revert.",
      cause: error,
    });
  }
}
