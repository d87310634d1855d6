import type { Random } from "../../market/random.js";

/**
 * A process that advances block by block and can be branched at each of them: a model, or a chain whose states are snapshots.
 *
 * @example
 * ```ts
 * // how low a price falls within 30 blocks, in logarithms
 * const price: BranchableChain<number> = {
 *   blocks: 30,
 *   start: () => 0,
 *   advance: (log, random) => log - 0.0009 + 0.042 * random.normal(),
 *   score: (log) => -log,
 * };
 * ```
 */
export interface BranchableChain<StateT> {
  /** How many blocks a path has, from 1. */
  readonly blocks: number;
  /** The state before the first block. */
  start(): StateT | Promise<StateT>;
  /**
   * The state one block later. All its noise comes from `random`, and the state that it is given stays as it was: other paths may
   * branch from it.
   */
  advance(state: StateT, random: Random): StateT | Promise<StateT>;
  /**
   * How close a state is to the rare event, which has happened once it reaches the target: a number, or -Infinity. It may jump, and
   * states may be tied: no choice makes the estimate wrong, but one that says nothing makes it expensive.
   */
  score(state: StateT): number;
}
