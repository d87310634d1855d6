import type { RunCount } from "../run/count.js";
import type { RunPlan } from "../run/plan.js";
import type { Stage, Start } from "../run/stage.js";
import type { RunState } from "../run/state.js";
import type { World } from "../world/world.js";
import type { Purse } from "./outsider.js";

import { PrefixStage } from "../run/stage.js";

import { fundOutsider } from "./outsider.js";

/** Runs on it begin with an outsider who has money; what they have in common is played once. */
export class FundedStage implements Stage {
  readonly #world: World;
  readonly #purse: Purse;
  readonly #stage: PrefixStage;

  constructor(world: World, purse: Purse) {
    this.#world = world;
    this.#purse = purse;
    this.#stage = new PrefixStage(world);
  }

  async begin(plan: RunPlan): Promise<Start> {
    const from = await this.#stage.begin(plan);
    if (from.state.block === 0) await fundOutsider(this.#world, this.#purse);
    return from;
  }

  async survived(plan: RunPlan, state: RunState, count: RunCount): Promise<void> {
    await this.#stage.survived(plan, state, count);
  }

  async end(): Promise<void> {
    await this.#stage.end();
  }

  /** Leaves the world at its base. */
  async close(): Promise<void> {
    await this.#stage.close();
  }
}
