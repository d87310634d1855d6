import type { BlockEnvironment } from "../chain/chain.js";
import type { CallReceipt } from "../world/executor/executor.js";
import type { ViewMoment } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Rehearsal } from "./moment.js";

import { ObservedView } from "../world/observed-view.js";

import { isOutOfGas } from "./gas-needs.js";
import { DEFAULT_GAS, DEFAULT_TIP, MAX_GAS } from "./intent.js";

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
  const coming = (): BlockEnvironment => ({ ...environment, timestamp: environment.timestamp + seconds });
  const execute = async (calls: Parameters<typeof executor.execute>[1]): Promise<CallReceipt | undefined> => {
    const { inclusions, observation } = await executor.execute(coming(), calls);
    seconds += 1;
    now = new ObservedView(frame, observation, moment);
    const [receipt] = calls.length === 0 ? [] : await executor.receipts(inclusions);
    return receipt;
  };
  try {
    return await play({
      get view() {
        return now;
      },
      get environment() {
        return coming();
      },
      lend: async (token, account, amount) => {
        await tokenBalances.add(chain, token, account, amount);
        await execute([]);
      },
      attempt: async ({ agent, from, intent }) => {
        const { call, tip = DEFAULT_TIP, gas = DEFAULT_GAS } = intent;
        const attempted = { sender: agent, from, call, tip };
        const first = await execute([{ ...attempted, gas }]);
        if (first === undefined || first.success || !isOutOfGas(first.gasUsed, gas)) return first?.success ?? false;
        // nothing else competes for the gas of a rehearsal
        const second = await execute([{ ...attempted, gas: MAX_GAS }]);
        return second?.success ?? false;
      },
    });
  } finally {
    await world.revert(snapshot);
  }
}
