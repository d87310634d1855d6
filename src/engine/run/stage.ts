import type { Hex } from "viem";

import type { World } from "../world/world.js";
import type { RunCount } from "./count.js";
import type { RunPlan } from "./plan.js";
import type { RunState } from "./state.js";

import { NOTHING_PLAYED } from "./count.js";
import { startOf } from "./state.js";

/** Where a run starts. */
export interface Start {
  readonly state: RunState;
  /** What led there, and is not played again. */
  readonly shared: RunCount;
}

/** Where runs on a world start, and how they leave it. */
export interface Stage {
  /** Takes the chain to a state from which a run of these events can start. */
  begin(plan: RunPlan): Promise<Start>;
  /** Called after every block without a violation. @param count - of the run up to it, what was shared included */
  survived(plan: RunPlan, state: RunState, count: RunCount): Promise<void>;
  /** Called when the run is over, however it ended. */
  end(): Promise<void>;
}

/** Every run starts at the base and leaves the world there. */
export class BaseStage implements Stage {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async begin(): Promise<Start> {
    return { state: startOf(this.#world), shared: NOTHING_PLAYED };
  }

  async survived(): Promise<void> {
    // nothing of a run is kept
  }

  async end(): Promise<void> {
    await this.#world.restore();
  }
}

/**
 * Keeps a snapshot of every block, so that a run that begins like the one before it continues from where they diverge.
 * The candidates of the minimiser share most of their blocks.
 */
export class PrefixStage implements Stage {
  readonly #world: World;
  readonly #most: number;
  #kept: { readonly key: string; readonly snapshot: Hex; readonly state: RunState; readonly count: RunCount }[] = [];

  /** @param options - `most`: the most snapshots to keep. On a lane in the Solidity test runner, each is a call inside the one before */
  constructor(world: World, options: { readonly most?: number } = {}) {
    this.#world = world;
    this.#most = options.most ?? Infinity;
  }

  async begin(plan: RunPlan): Promise<Start> {
    const { chain } = this.#world;
    let shared = 0;
    const most = Math.min(plan.blocks, ...plan.reorganisations.map(({ block, depth }) => block - depth));
    while (shared < most && this.#kept[shared]?.key === plan.key(shared + 1)) shared += 1;
    const kept = this.#kept.slice(0, shared);
    const last = kept.pop();
    // after a fault, the next run starts from the base
    this.#kept = [];
    if (last === undefined) {
      await this.#world.restore();
      return { state: startOf(this.#world), shared: NOTHING_PLAYED };
    }
    await this.#world.revert(last.snapshot);
    // reverting to a snapshot consumes it
    this.#kept = [...kept, { ...last, snapshot: await chain.snapshot() }];
    return { state: last.state, shared: last.count };
  }

  async survived(plan: RunPlan, state: RunState, count: RunCount): Promise<void> {
    if (this.#kept.length >= this.#most) return;
    // a reorganisation invalidates the snapshots of the blocks that it removes
    if (plan.reorganisations.some(({ block, depth }) => state.block > block - depth)) return;
    const snapshot = await this.#world.chain.snapshot();
    this.#kept.push({ key: plan.key(state.block), snapshot, state, count });
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
