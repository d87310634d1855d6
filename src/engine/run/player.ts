import type { Genome, MoveGene } from "../events/genome.js";
import type { TriedGene } from "../events/kind.js";
import type { Trace } from "../events/trace.js";
import type { World } from "../world/world.js";
import type { Aim } from "./aim.js";
import type { RunCount } from "./count.js";
import type { Verdict } from "./outcome.js";
import type { RunPlan } from "./plan.js";
import type { Stage } from "./stage.js";
import type { RunWatcher } from "./state.js";

import { toJson } from "../json.js";

import { giveCode } from "./called-back-in.js";
import { genomePlan } from "./genome-plan.js";
import { playRun } from "./run.js";
import { BaseStage } from "./stage.js";
import { tracePlan } from "./trace-plan.js";

/** How much a campaign played. */
export interface PlayCount {
  runs: number;
  /** Blocks mined; without those that a run shared with the one before it, unless they are counted. */
  blocks: number;
  /** Calls in blocks, reverted ones included. */
  calls: number;
  /** Calls that were tried to find out what the state accepts. */
  trials: number;
}

/** Callbacks of a run whose events come from a genome. */
export interface GenomeWatcher extends RunWatcher {
  /** Called with every move that does not depend on other transactions, see {@link TriedGene}. */
  readonly tried?: TriedGene<MoveGene>;
}

/** Plays genomes and traces on a world, and counts. To play them elsewhere, send a job: `search/lanes/run-job.ts`. */
export class Player {
  readonly world: World;
  readonly count: PlayCount;
  readonly #checkpoint: () => void;
  readonly #stage: Stage;
  readonly #countsShared: boolean;

  /**
   * @param checkpoint - called before every run and every block; throws to stop
   * @param parts - the counts that it shares with other players, where its runs start, and whether it counts what is not played
   * again because of that
   */
  constructor(
    world: World,
    checkpoint: () => void,
    parts: { readonly count?: PlayCount; readonly stage?: Stage; readonly countsShared?: boolean } = {},
  ) {
    this.world = world;
    this.count = parts.count ?? { runs: 0, blocks: 0, calls: 0, trials: 0 };
    this.#checkpoint = checkpoint;
    this.#stage = parts.stage ?? new BaseStage(world);
    this.#countsShared = parts.countsShared ?? false;
  }

  /** The same player with another stage. @param world - the same world, seen differently */
  on(stage: Stage, world: World = this.world): Player {
    return new Player(world, this.#checkpoint, { count: this.count, stage });
  }

  /** Throws what the checkpoint throws, between runs. */
  check(): void {
    this.#checkpoint();
  }

  /** @throws SiegeError for everything that is not a verdict, and what the checkpoint throws */
  async genome(genome: Genome, watcher: GenomeWatcher = {}, aim: Aim = {}): Promise<Verdict> {
    return this.#play(genomePlan(this.world, genome, watcher.tried), watcher, aim);
  }

  /** @throws SiegeError for everything that is not a verdict, and what the checkpoint throws */
  async trace(trace: Trace, watcher: RunWatcher = {}, aim: Aim = {}): Promise<Verdict> {
    return this.#play(tracePlan(this.world, trace), watcher, aim);
  }

  async #play(events: RunPlan, watcher: RunWatcher, aim: Aim): Promise<Verdict> {
    // what one run survives may be the end of another with the same events
    const start = toJson([aim, events.calledBack]);
    const plan: RunPlan = { ...events, key: (block) => `${start} ${events.key(block)}` };
    this.#checkpoint();
    this.count.runs += 1;
    try {
      const { state: from, shared } = await this.#stage.begin(plan);
      let run = shared;
      if (this.#countsShared) this.#add(shared);
      if (from.block === 0) await giveCode(this.world, plan.calledBack);
      const watch: RunWatcher = {
        checkpoint: this.#checkpoint,
        mined: async (block) => {
          const { blocks, calls, trials } = run;
          run = { blocks: blocks + 1, calls: calls + block.calls.length, trials: trials + block.trials };
          this.#add({ blocks: 1, calls: block.calls.length, trials: block.trials });
          await watcher.mined?.(block);
        },
        judged: (condition, outcome) => {
          watcher.judged?.(condition, outcome);
        },
        broken: (violations) => {
          watcher.broken?.(violations);
        },
        survived: (state) => this.#stage.survived(plan, state, run),
        reorganised: async (block) => watcher.reorganised?.(block),
      };
      return await playRun(this.world, plan, watch, from, aim);
    } finally {
      await this.#stage.end();
    }
  }

  #add({ blocks, calls, trials }: RunCount): void {
    this.count.blocks += blocks;
    this.count.calls += calls;
    this.count.trials += trials;
  }
}
