import type { ProbabilityInterval } from "../intervals/interval.js";
import type { BranchableChain } from "./branchable-chain.js";
import type { SplittingRun } from "./branching-paths.js";

import { createRandom, mixSeeds } from "../../market/random.js";
import { studentQuantile } from "../../numeric/student.js";
import { requireInRange, requireKnown } from "../../options.js";
import { requireConfidence } from "../intervals/require-trials.js";
import { Mean } from "../options/simulated-value.js";

import { BranchingPaths } from "./branching-paths.js";

/** How a probability is estimated by splitting. */
export interface SplittingOptions {
  /** The event has happened in a path that scores this or more after some block. */
  readonly target: number;
  /** Paths at a time, 2 to 1,000,000. Default 100. The spread of a run is about √(-ln p / particles) of p with a good score. */
  readonly particles?: number;
  /** How many of the worst are discarded at a time, from 1, and fewer than `particles`; more if they are tied. Default 1. */
  readonly discarded?: number;
  /** Independent runs, whose spread is the error, 2 to 10,000. Default 10. */
  readonly repetitions?: number;
  /** Of the random numbers, a 32-bit integer. Default 1. */
  readonly seed?: number;
  /** Of the interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
}

/** A probability by splitting. Plain data. */
export interface SplitProbability {
  /** The mean of the runs: unbiased. */
  readonly value: number;
  /** Its standard error, by their spread. */
  readonly error: number;
  /** Of Student's t on the logarithm, approximate; up to 1 if no run reached the target. */
  readonly interval: ProbabilityInterval;
  /** The estimates of the runs: independent, and unbiased each. */
  readonly runs: readonly number[];
  /** In how many of them all paths were tied below the target, which makes the estimate 0. If in many, add particles. */
  readonly extinct: number;
  /** The cost: blocks advanced in all runs. */
  readonly blocks: number;
}

/**
 * Probability that a chain reaches a rare target, by adaptive multilevel splitting: again and again the path with the lowest best
 * score is replaced by a branch of another one, from the first block in which that scores strictly more, with noise of its own from there.
 * Levels need not be known.
 *
 * It is unbiased for any score, with ties and jumps, too, as margins on a chain have them. Textbook splitting is not: it discards a
 * fixed number of paths and keeps others with the same score. Here all that are tied at the level go, the factor is the share that
 * is left, and only what is strictly higher is branched (Walter, *Point process-based Monte Carlo estimation*, arXiv 1507.00919,
 * 2015, on discontinuous distributions; for paths Bréhier, Gazeau, Goudenège, Lelièvre and Rousset, *Unbiasedness of some
 * generalized adaptive multilevel splitting algorithms*, Annals of Applied Probability 26, 2016).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * // the price falls by 60 % within 30 blocks
 * const { value, interval, blocks } = await multilevelSplitting(price, { target: -Math.log(0.4) });
 * ```
 */
export async function multilevelSplitting<StateT>(
  chain: BranchableChain<StateT>,
  options: SplittingOptions,
): Promise<SplitProbability> {
  const { target, particles, discarded, repetitions, seed, confidence } = requireSplitting(options);
  requireInRange(OWNER, "blocks", chain.blocks, { min: 1, max: 10_000_000, kind: "integer" });
  const runs: SplittingRun[] = [];
  for (let run = 0; run < repetitions; run++) {
    const noise = (branch: number) => createRandom(mixSeeds(seed, run, branch));
    const choice = createRandom(mixSeeds(seed, run));
    runs.push(await new BranchingPaths(chain, { target, particles, discarded, noise, choice }).run());
  }
  const mean = new Mean();
  for (const run of runs) mean.add(run.value);
  const { value, error } = mean.estimate;
  const reach =
    value === 0 ? Infinity : Math.exp((studentQuantile(repetitions - 1, (1 + confidence) / 2) * error) / value);
  return {
    value,
    error,
    interval: {
      lower: value / reach,
      upper: value === 0 ? 1 : Math.min(1, value * reach),
      confidence,
      method: "splitting",
    },
    runs: runs.map((run) => run.value),
    extinct: runs.filter((run) => run.value === 0).length,
    blocks: runs.reduce((sum, { blocks }) => sum + blocks, 0),
  };
}

const OWNER = "multilevelSplitting";

function requireSplitting(options: SplittingOptions): Required<SplittingOptions> {
  requireKnown(OWNER, options, ["target", "particles", "discarded", "repetitions", "seed", "confidence"]);
  const { target, particles = 100, discarded = 1, repetitions = 10, seed = 1, confidence = 0.95 } = options;
  requireInRange(OWNER, "target", target, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE });
  requireInRange(OWNER, "particles", particles, { min: 2, max: 1_000_000, kind: "integer" });
  requireInRange(OWNER, "discarded", discarded, { min: 1, max: particles - 1, kind: "integer" });
  requireInRange(OWNER, "repetitions", repetitions, { min: 2, max: 10_000, kind: "integer" });
  requireInRange(OWNER, "seed", seed, { min: -(2 ** 31), max: 2 ** 32 - 1, kind: "integer" });
  requireConfidence(OWNER, confidence);
  return { target, particles, discarded, repetitions, seed, confidence };
}
