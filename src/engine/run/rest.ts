import type { BlockEnvironment } from "../chain/chain.js";
import type { World } from "../world/world.js";
import type { Rest, RunState } from "./state.js";

import { nextRandao } from "../chain/prev-randao.js";
import { ObservedView } from "../world/observed-view.js";

import { buildBlock } from "./block-building/build-block.js";
import { Censorship } from "./block-building/builder.js";
import { Mempool } from "./block-building/mempool.js";
import { refusedIn } from "./rounds.js";

/**
 * Lets time pass before a block in which nobody acts. Prices stand still, and so do the agents; the feeds publish at the end
 * what their heartbeats would have published meanwhile, so that whoever acts next finds them as they would be.
 *
 * @param seconds - besides the time between blocks
 */
export async function restBefore(
  world: World,
  before: RunState,
  seconds: number,
): Promise<{ readonly state: RunState; readonly rest: Rest }> {
  const { blockTime } = world.scenario;
  const block = before.block + 1;
  const clock = before.clock.pausing(block, seconds);
  const from = clock.at(before.block);
  const timestamp = from + seconds;
  const count = Math.ceil(seconds / blockTime) - 1;
  const empty = count === 0 ? undefined : { blocks: count, first: from + blockTime, interval: blockTime };
  const randao = nextRandao(before.randao);
  if (empty !== undefined) await world.chain.pass(empty, randao);
  const { block: last, prices, space, results, observation } = before;
  const view = new ObservedView(world.frame, observation, { block: last, timestamp, prices, space, results });
  const { desk, calls: publications } = before.desk
    .rested(Math.max(1, Math.floor(seconds / blockTime)))
    .published(view, observation);
  const mempool = Mempool.empty(0);
  const alone = { mempool, isOut: () => false, censorship: Censorship.none(), acts: [] };
  const { calls } = buildBlock({ block: last, publications, space, ...alone });
  if (calls.length === 0) {
    return { state: { ...before, clock, desk }, rest: empty === undefined ? {} : { empty } };
  }
  const environment: BlockEnvironment = { timestamp, baseFee: space.baseFee, prevRandao: randao };
  const executed = await world.executor.execute(environment, calls);
  const { inclusions } = executed;
  const refused = desk.needsReceipts
    ? await refusedIn(world, { calls, inclusions, isRound: () => true })
    : new Set<string>();
  const settled = desk.settled({ before: observation, after: executed.observation, timestamp, refused });
  return {
    state: { ...before, clock, desk: settled.desk, randao, observation: executed.observation },
    rest: {
      ...(empty === undefined ? {} : { empty }),
      feeds: { environment, mined: executed.mined, rounds: settled.rounds },
    },
  };
}
