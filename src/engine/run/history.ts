import type { Hex } from "viem";

import type { World } from "../world/world.js";
import type { RunPlan } from "./plan.js";
import type { RunState } from "./state.js";

import { nextRandao, otherRandao } from "../chain/prev-randao.js";

/** The blocks of a run that a reorganisation goes back to. */
export class History {
  readonly #world: World;
  readonly #due: { readonly block: number; readonly depth: number }[];
  readonly #kept: { readonly state: RunState; readonly snapshot: Hex }[] = [];
  /** The states after the first one that is kept, for their public transactions. */
  readonly #mined: RunState[] = [];

  constructor(world: World, plan: RunPlan) {
    this.#world = world;
    // one at a time: a second one that goes back beyond the first is ignored
    this.#due = plan.reorganisations.slice(0, 1).filter(({ block, depth }) => depth >= 1 && depth <= block);
  }

  /** Called before a block is built. */
  async about(state: RunState): Promise<void> {
    if (this.#due.some(({ block, depth }) => block - depth === state.block) && state.highest === state.block) {
      this.#kept.push({ state, snapshot: await this.#world.chain.snapshot() });
    }
  }

  /**
   * Called after a block. Rolls the chain back if the block is reorganised away.
   *
   * Public transactions of the lost blocks return to the mempool. Prices and the agents' memories stay: neither the market
   * nor an agent forgets.
   *
   * @returns the state that the run continues from, or `undefined`
   */
  async reorganised(state: RunState): Promise<RunState | undefined> {
    const [next] = this.#due;
    const [kept] = this.#kept;
    if (next === undefined || kept === undefined) return undefined;
    this.#mined.push(state);
    if (state.block !== next.block) return undefined;
    this.#due.shift();
    this.#kept.shift();
    await this.#world.revert(kept.snapshot);
    const randao = otherRandao(kept.state.randao);
    await this.#world.chain.setPrevRandao(nextRandao(randao));
    const returned = this.#mined.flatMap(({ included }) =>
      included.filter(
        ({ intent }) => (intent.origin === "policy" || intent.origin === "event") && intent.intent.private !== true,
      ),
    );
    return {
      ...kept.state,
      highest: state.highest,
      // the time that has passed does not come back
      clock: state.clock,
      prices: state.prices,
      mempool: kept.state.mempool.returned(returned.map((pending) => ({ ...pending, until: state.block }))),
      censorship: state.censorship,
      memories: state.memories,
      randao,
      steps: state.steps,
      violations: state.violations,
    };
  }
}
