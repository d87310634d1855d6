import type { Hex } from "viem";

import type { World } from "../world/world.js";
import type { RunPlan } from "./plan.js";
import type { RunState } from "./state.js";

import { startOf } from "./state.js";

/** Where runs start on a world, and how they leave it. */
export interface Stage {
  /** Brings the chain to where a run can start that brings these events. */
  begin(plan: RunPlan): Promise<RunState>;
  /** Called after every block that violates nothing. */
  survived(plan: RunPlan, state: RunState): Promise<void>;
  /** Called when the run is over, however it ended. */
  end(): Promise<void>;
}

/** Every run starts at the base and leaves the world there. */
export class BaseStage implements Stage {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async begin(): Promise<RunState> {
    return startOf(this.#world);
  }

  async survived(): Promise<void> {
    // nothing of a run is kept
  }

  async end(): Promise<void> {
    await this.#world.restore();
  }
}

/**
 * Keeps a snapshot of every block, so that a run which begins as the one before it did goes on from where they part.
 * The candidates of the minimiser have most of their blocks in common.
 */
export class PrefixStage implements Stage {
  readonly #world: World;
  #kept: { readonly key: string; readonly snapshot: Hex; readonly state: RunState }[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  async begin(plan: RunPlan): Promise<RunState> {
    const { chain } = this.#world;
    let shared = 0;
    const most = Math.min(plan.blocks, ...plan.reorganisations.map(({ block, depth }) => block - depth));
    while (shared < most && this.#kept[shared]?.key === plan.key(shared + 1)) shared += 1;
    const kept = this.#kept.slice(0, shared);
    const last = kept.pop();
    // what a fault interrupts is played from the base
    this.#kept = [];
    if (last === undefined) {
      await this.#world.restore();
      return startOf(this.#world);
    }
    await chain.revert(last.snapshot);
    // a snapshot is used up when it is gone back to
    this.#kept = [...kept, { ...last, snapshot: await chain.snapshot() }];
    return last.state;
  }

  async survived(plan: RunPlan, state: RunState): Promise<void> {
    // what a reorganisation takes away takes the snapshots of it along
    if (plan.reorganisations.some(({ block, depth }) => state.block > block - depth)) return;
    const snapshot = await this.#world.chain.snapshot();
    this.#kept.push({ key: plan.key(state.block), snapshot, state });
  }

  async end(): Promise<void> {
    // the next run decides how far to go back
  }

  /** Leaves the world at its base. */
  async close(): Promise<void> {
    this.#kept = [];
    await this.#world.restore();
  }
}
