import type { ProbabilityInterval } from "../intervals/interval.js";
import type { BranchableChain } from "./branchable-chain.js";
import type { Level } from "./branching-paths.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { studentQuantile } from "../../numeric/student.js";
import { requireInRange, requireKnown } from "../../options.js";
import { requireConfidence } from "../intervals/require-trials.js";
import { Mean } from "../options/simulated-value.js";

import { BranchingPaths } from "./branching-paths.js";
import { BranchingTree } from "./branching-tree.js";

/** How a probability is estimated by trees of branches. */
export interface TreeSplittingOptions {
  /** The event has happened in a path that scores this or more after some block. */
  readonly target: number;
  /** Independent trees, 2 to 1,000,000. Default 1,000. The spread is about √(-ln p / trees) of p with a good score, or somewhat more. */
  readonly trees?: number;
  /** Paths of the pilot that places the levels, 4 to 100,000. Default 50. */
  readonly pilots?: number;
  /** Of the random numbers, a 32-bit integer. Default 1. */
  readonly seed?: number;
  /** Of the interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
}

/** A probability by trees of branches. Plain data. */
export interface TreeProbability {
  /** The mean of the trees: unbiased. */
  readonly value: number;
  /** Its standard error, by their spread. */
  readonly error: number;
  /** Of Student's t on the logarithm, approximate; up to 1 if no tree reached the target. */
  readonly interval: ProbabilityInterval;
  readonly trees: number;
  /** Trees with a branch that reached the target; what the estimate rests on. */
  readonly reached: number;
  /** How many trees of equal weight would be as good as those. Below 20, the interval does not hold. */
  readonly effective: number;
  /** Where paths were split: scores, from the lowest. */
  readonly levels: readonly number[];
  /** The cost: blocks advanced, in the pilot and in all. */
  readonly blocks: { readonly pilot: number; readonly all: number };
}

/**
 * Probability that a chain reaches a rare target, by splitting depth first: a pilot of adaptive multilevel splitting places
 * levels that about half of the paths pass; then independent paths are split where they first exceed one, into as many branches
 * as make up for those that do not. Only the states on the way to the present one are needed, so a chain that keeps them as a
 * stack of snapshots plays no block twice (Villén-Altamirano and Villén-Altamirano, *RESTART: a method for accelerating rare event
 * simulations*, 1991; Garvels, *The splitting method in rare event simulation*, 2000, section 2).
 *
 * It is unbiased for any score, with ties and jumps, too: the levels are fixed before the trees grow, and no branch is weighed by how
 * many others got as far. A poor score makes it expensive. Levels are placed down to a probability of about 1e-10.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * // the price falls by 60 % within 30 blocks
 * const { value, interval, blocks } = await treeSplitting(price, { target: -Math.log(0.4) });
 * ```
 */
export async function treeSplitting<StateT>(
  chain: BranchableChain<StateT>,
  options: TreeSplittingOptions,
): Promise<TreeProbability> {
  const plan = requireTrees(chain, options);
  const pilot = await placedLevels(chain, plan);
  const trees = new Trees(plan.confidence);
  for (let tree = 0; tree < plan.trees; tree++) trees.add(await grownTree(chain, plan, pilot.levels, tree));
  return trees.probability(pilot);
}

/** What a pilot found, and cost. */
export interface Pilot {
  readonly levels: readonly Level[];
  readonly blocks: number;
}

/** The levels that about half of the paths pass, by adaptive multilevel splitting. */
export async function placedLevels<StateT>(
  chain: BranchableChain<StateT>,
  { target, pilots, seed }: Required<TreeSplittingOptions>,
): Promise<Pilot> {
  const noise = (branch: number) => createRandom(mixSeeds(seed, PILOT, branch));
  const choice = createRandom(mixSeeds(seed, PILOT));
  const discarded = Math.floor(pilots / 2);
  const { levels, blocks } = await new BranchingPaths(chain, {
    target,
    particles: pilots,
    discarded,
    noise,
    choice,
    rarest: RAREST,
  }).run();
  return { levels, blocks };
}

/** One of the independent trees. */
export async function grownTree<StateT>(
  chain: BranchableChain<StateT>,
  { target, seed }: Required<TreeSplittingOptions>,
  levels: readonly Level[],
  tree: number,
): Promise<Grown> {
  const noise = (branch: number) => createRandom(mixSeeds(seed, tree, branch));
  return new BranchingTree(chain, { target, levels, noise }).grown();
}

type Grown = Awaited<ReturnType<BranchingTree<unknown>["grown"]>>;

/** Trees that have grown. */
export class Trees {
  readonly #confidence: number;
  readonly #mean = new Mean();
  #squares = 0;
  #sum = 0;
  #count = 0;
  #reached = 0;
  #blocks = 0;

  constructor(confidence: number) {
    this.#confidence = confidence;
  }

  add({ value, arrived, blocks }: Grown): void {
    this.#mean.add(value);
    this.#sum += value;
    this.#squares += value ** 2;
    this.#count += 1;
    if (arrived > 0) this.#reached += 1;
    this.#blocks += blocks;
  }

  probability(pilot: Pilot): TreeProbability {
    const { value, error } =
      this.#count < 2 ? { value: this.#sum / this.#count, error: Infinity } : this.#mean.estimate;
    const isKnown = value > 0 && Number.isFinite(error);
    const quantile = isKnown ? studentQuantile(this.#count - 1, (1 + this.#confidence) / 2) : Infinity;
    const reach = isKnown ? Math.exp((quantile * error) / value) : Infinity;
    return {
      value,
      error,
      interval: {
        lower: isKnown ? value / reach : 0,
        upper: isKnown ? Math.min(1, value * reach) : 1,
        confidence: this.#confidence,
        method: "splitting",
      },
      trees: this.#count,
      reached: this.#reached,
      effective: this.#squares === 0 ? 0 : this.#sum ** 2 / this.#squares,
      levels: pilot.levels.map(({ score }) => score),
      blocks: { pilot: pilot.blocks, all: pilot.blocks + this.#blocks },
    };
  }
}

/** The trees that are grown by default. */
export const DEFAULT_TREES = 1_000;

/** Where the target cannot be reached, scores may climb for ever. */
const RAREST = 1e-10;

/** Seeds of the pilot are no tree's. */
const PILOT = -1;

const OWNER = "treeSplitting";

/** Checks the options, and fills in the defaults. */
export function requireTrees(
  { blocks }: Pick<BranchableChain<unknown>, "blocks">,
  options: TreeSplittingOptions,
): Required<TreeSplittingOptions> {
  requireKnown(OWNER, options, ["target", "trees", "pilots", "seed", "confidence"]);
  const { target, trees = DEFAULT_TREES, pilots = 50, seed = 1, confidence = 0.95 } = options;
  requireInRange(OWNER, "blocks", blocks, { min: 1, max: 10_000_000, kind: "integer" });
  requireInRange(OWNER, "target", target, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE });
  requireInRange(OWNER, "trees", trees, { min: 2, max: 1_000_000, kind: "integer" });
  requireInRange(OWNER, "pilots", pilots, { min: 4, max: 100_000, kind: "integer" });
  requireInRange(OWNER, "seed", seed, { min: -(2 ** 31), max: 2 ** 32 - 1, kind: "integer" });
  requireConfidence(OWNER, confidence);
  return { target, trees, pilots, seed, confidence };
}
