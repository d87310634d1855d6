import type { BlockEnvironment } from "../chain/chain.js";
import type { ViewMoment } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Rehearsal } from "./moment.js";

import { ObservedView } from "../world/observed-view.js";

import { DEFAULT_GAS, DEFAULT_TIP } from "./intent.js";

/**
 * Tries calls on a world before a block, and restores the world.
 *
 * @param view - the state before the block
 * @param moment - what its views show besides the state
 */
export async function rehearseOn<T>(
  world: World,
  environment: BlockEnvironment,
  view: ObservedView,
  moment: ViewMoment,
  play: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  const { chain, executor, frame, tokenBalances } = world;
  const snapshot = await chain.snapshot();
  let now = view;
  // the blocks of a rehearsal follow each other: none may be older than the one before
  let seconds = 0;
  const execute = async (calls: Parameters<typeof executor.execute>[1]): Promise<boolean> => {
    const at = { ...environment, timestamp: environment.timestamp + seconds++ };
    const { inclusions, observation } = await executor.execute(at, calls);
    const [result] = calls.length === 0 ? [] : await executor.results(inclusions);
    now = new ObservedView(frame, observation, moment);
    return result?.success ?? false;
  };
  try {
    return await play({
      get view() {
        return now;
      },
      lend: async (token, account, amount) => {
        await tokenBalances.add(chain, token, account, amount);
        await execute([]);
      },
      attempt: ({ agent, from, intent }) => {
        const { call, tip = DEFAULT_TIP, gas = DEFAULT_GAS } = intent;
        return execute([{ sender: agent, from, call, tip, gas }]);
      },
    });
  } finally {
    await chain.revert(snapshot);
  }
}
