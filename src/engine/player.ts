import type { Genome } from "./genome.js";
import type { Outcome } from "./outcome.js";
import type { RunPlan } from "./plan.js";
import type { RunWatcher } from "./run.js";
import type { Trace } from "./trace.js";
import type { World } from "./world.js";

import { FaithfulExecutor } from "./executor.js";
import { genomePlan } from "./genome-plan.js";
import { playRun } from "./run.js";
import { tracePlan } from "./trace-plan.js";

/** Counts of what a campaign played. */
export interface PlayCount {
  runs: number;
  blocks: number;
  actions: number;
}

/** Plays genomes and traces on a world, each from the base, and counts. */
export class Player {
  readonly world: World;
  readonly count: PlayCount = { runs: 0, blocks: 0, actions: 0 };
  readonly #checkpoint: () => void;
  readonly #executor: FaithfulExecutor;

  constructor(world: World, checkpoint: () => void) {
    this.world = world;
    this.#checkpoint = checkpoint;
    this.#executor = new FaithfulExecutor(world.chain);
  }

  async genome(genome: Genome, watcher: RunWatcher = {}): Promise<Outcome> {
    return this.#play(genomePlan(this.world, genome), watcher);
  }

  async trace(trace: Trace, watcher: RunWatcher = {}): Promise<Outcome> {
    return this.#play(tracePlan(this.world, trace), watcher);
  }

  async #play(plan: RunPlan, watcher: RunWatcher): Promise<Outcome> {
    this.#checkpoint();
    this.count.runs += 1;
    try {
      return await playRun(this.world, this.#executor, plan, {
        checkpoint: this.#checkpoint,
        mined: async (block) => {
          this.count.blocks += 1;
          this.count.actions += block.calls.length;
          await watcher.mined?.(block);
        },
      });
    } finally {
      await this.world.restore();
    }
  }
}
