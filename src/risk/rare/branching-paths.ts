import type { Random } from "../../market/random.js";
import type { BranchableChain } from "./branchable-chain.js";

import { scoreOf } from "./score-of.js";

/** A path up to its horizon, or to the block in which it reached the target. */
interface Path<StateT> {
  readonly states: readonly StateT[];
  /** Of each state. */
  readonly scores: readonly number[];
  /** The highest of them. */
  readonly best: number;
}

/** A score that some paths exceed. */
export interface Level {
  readonly score: number;
  /** The share of the paths beyond the level below that exceed this one, above 0. */
  readonly share: number;
}

/** How one run of the splitting ended. */
export interface SplittingRun {
  /** Its estimate of the probability. */
  readonly value: number;
  /** How many blocks were advanced. */
  readonly blocks: number;
  /** The levels that it climbed, from the lowest. */
  readonly levels: readonly Level[];
}

/** What a run is made with. */
interface BranchingPathsOptions {
  readonly target: number;
  readonly particles: number;
  readonly discarded: number;
  /** The noise of the branch with this number. */
  readonly noise: (branch: number) => Random;
  /** Chooses which paths are branched. */
  readonly choice: Random;
  /** What is less likely than this is not followed any further; default: everything is. */
  readonly rarest?: number;
}

/** One run of adaptive multilevel splitting. */
export class BranchingPaths<StateT> {
  readonly #chain: BranchableChain<StateT>;
  readonly #options: BranchingPathsOptions;
  #blocks = 0;
  #branches = 0;

  constructor(chain: BranchableChain<StateT>, options: BranchingPathsOptions) {
    this.#chain = chain;
    this.#options = options;
  }

  async run(): Promise<SplittingRun> {
    const { target, particles, discarded, choice, rarest = 0 } = this.#options;
    const start = await this.#chain.start();
    const paths: Path<StateT>[] = [];
    while (paths.length < particles) paths.push(await this.#played([start]));
    const levels: Level[] = [];
    for (let share = 1; ;) {
      const level = lowest(paths, discarded);
      if (level >= target) {
        const arrived = paths.filter(({ best }) => best >= target).length;
        return { value: (share * arrived) / particles, blocks: this.#blocks, levels };
      }
      // all that are tied at the level go, however many: only the strictly higher ones can be branched
      const higher = paths.filter(({ best }) => best > level);
      if (higher.length === 0) return { value: 0, blocks: this.#blocks, levels };
      share *= higher.length / particles;
      levels.push({ score: level, share: higher.length / particles });
      if (share < rarest) return { value: 0, blocks: this.#blocks, levels };
      for (const [index, { best }] of paths.entries()) {
        if (best > level) continue;
        const { states, scores } = choice.pick(higher);
        const above = scores.findIndex((score) => score > level);
        paths[index] = await this.#played(states.slice(0, above + 1));
      }
    }
  }

  /** A path from its first states to the horizon, with noise of its own. */
  async #played(first: readonly StateT[]): Promise<Path<StateT>> {
    const chain = this.#chain;
    const random = this.#options.noise(this.#branches++);
    const states = [...first];
    const scores = states.map((state) => scoreOf(chain, state));
    let best = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    let last = states.at(-1) as StateT;
    // what happens after the target was reached changes nothing
    while (states.length <= chain.blocks && best < this.#options.target) {
      const next = chain.advance(last, random);
      // a model is not slowed down by a chain's promises
      last = next instanceof Promise ? await next : next;
      this.#blocks += 1;
      const score = scoreOf(chain, last);
      states.push(last);
      scores.push(score);
      best = Math.max(best, score);
    }
    return { states, scores, best };
  }
}

/** The best score of the worst path but `count - 1`. */
function lowest(paths: readonly { readonly best: number }[], count: number): number {
  if (count === 1) return paths.reduce((least, { best }) => Math.min(least, best), Infinity);
  return paths.map(({ best }) => best).sort((a, b) => a - b)[count - 1] ?? Infinity;
}
