import type { Random } from "../../market/random.js";
import type { BranchableChain } from "./branchable-chain.js";
import type { Level } from "./branching-paths.js";

import { scoreOf } from "./score-of.js";

/** The most branches at one state. */
const MOST_BRANCHES = 64;

/** What a tree is grown with. */
interface BranchingTreeOptions {
  readonly target: number;
  /** From the lowest. */
  readonly levels: readonly Level[];
  /** The noise of the branch with this number. */
  readonly noise: (branch: number) => Random;
}

/** What a tree says. */
export interface GrownTree {
  /** The weights of the branches that reached the target: its mean over trees is the probability. */
  readonly value: number;
  /** How many of them did. */
  readonly arrived: number;
  /** How many blocks were advanced. */
  readonly blocks: number;
}

/**
 * A path that is split where it first exceeds a level, into as many branches as make up for those that do not, each with noise of its
 * own and its share of the weight. Depth first: the states that are still needed are those on the way to the present one, which is
 * what a chain can keep snapshots of.
 *
 * Whatever the levels and the numbers of branches, each branch is a path of the chain given where it begins, and the weights of
 * those at one state add up to what it had. So the value is unbiased for any score, with ties and jumps.
 */
export class BranchingTree<StateT> {
  readonly #chain: BranchableChain<StateT>;
  readonly #options: BranchingTreeOptions;
  #branches = 0;
  #arrived = 0;
  #blocks = 0;
  #value = 0;

  constructor(chain: BranchableChain<StateT>, options: BranchingTreeOptions) {
    this.#chain = chain;
    this.#options = options;
  }

  async grown(): Promise<GrownTree> {
    await this.#branch(await this.#chain.start(), { block: 0, passed: 0, weight: 1 });
    return { value: this.#value, arrived: this.#arrived, blocks: this.#blocks };
  }

  /** @param from - how far the state is: its block, the levels that led to branches, and its weight */
  async #branch(
    start: StateT,
    from: { readonly block: number; readonly passed: number; readonly weight: number },
  ): Promise<void> {
    const { target, levels, noise } = this.#options;
    const random = noise(this.#branches++);
    let state = start;
    for (let { block } = from; ; block++) {
      const score = scoreOf(this.#chain, state);
      if (score >= target) {
        this.#value += from.weight;
        this.#arrived += 1;
        return;
      }
      if (block === this.#chain.blocks) return;
      const passed = passedBy(score, levels, from.passed);
      const branches = branchesAt(levels.slice(from.passed, passed));
      if (branches > 1) {
        const each = { block, passed, weight: from.weight / branches };
        for (let branch = 0; branch < branches; branch++) await this.#branch(state, each);
        return;
      }
      const next = this.#chain.advance(state, random);
      // a model is not slowed down by a chain's promises
      state = next instanceof Promise ? await next : next;
      this.#blocks += 1;
    }
  }
}

/** How many levels a score exceeds, at least those that were exceeded before. */
function passedBy(score: number, levels: readonly Level[], before: number): number {
  let passed = before;
  while (passed < levels.length && score > (levels[passed]?.score ?? Infinity)) passed += 1;
  return passed;
}

/** As many as would reach these levels, per one that did. */
function branchesAt(levels: readonly Level[]): number {
  const wanted = levels.reduce((product, { share }) => product / share, 1);
  return Math.min(MOST_BRANCHES, Math.round(wanted));
}
