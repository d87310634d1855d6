import type { World } from "../world/world.js";
import type { RunState } from "./state.js";

import { ObservedView } from "../world/observed-view.js";

import { BlockSpace } from "./block-building/block-space.js";
import { keepsResults } from "./state.js";

/** The view before the first block. */
export function startView(world: World): ObservedView {
  const { prices, base, frame, start, scenario } = world;
  const space = BlockSpace.atStart(world);
  const results = keepsResults(scenario) ? [] : undefined;
  return new ObservedView(frame, start, { block: 0, timestamp: base.timestamp, prices, space, results });
}

/** The view after a block. */
export function viewAfter(world: World, { block, clock, prices, space, observation, results }: RunState): ObservedView {
  const timestamp = clock.at(block);
  return new ObservedView(world.frame, observation, { block, timestamp, prices, space, results });
}
