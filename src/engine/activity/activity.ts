import type { QuotedUnit } from "../../quantity/quote.js";
import type { SkippedFunction } from "../../target/actions.js";
import type { Untold } from "../world/untold.js";

/** How often a revert reason was seen. */
export interface RevertCount {
  /** Decoded with the ABIs of the target and of the called function: `"not listed"`, `panic: division by zero`, `Paused()`. */
  readonly reason: string;
  readonly count: number;
}

/** What became of an agent's calls of one function. */
export interface CallActivity {
  /** The agent's name; for an event's transaction, the actor's. */
  readonly agent: string;
  /** `target.deposit`, `pool.swap`, as in `only` and `except`; for calls of a policy, the contract's name and the function. */
  readonly function: string;
  /** How often the search tried to call it, whatever became of it: the state may have offered nothing to call it with. */
  readonly tried: number;
  /**
   * How often of these nothing was sent: no arguments were found that the contracts accept, nor another call to make instead.
   * Absent: never.
   */
  readonly unsent?: number;
  /** How often it was included in a block. */
  readonly included: number;
  /** How often it did not revert. */
  readonly succeeded: number;
  /** Why it reverted, most frequent first; not each revert of a faithful search is decoded. */
  readonly reverts: readonly RevertCount[];
}

/** How often a condition was judged. */
export interface ConditionActivity {
  /** Its id. */
  readonly condition: string;
  /** Blocks after which it was judged. */
  readonly judged: number;
  /** Blocks after which it could not be judged, because what it reads reverts. */
  readonly failed: number;
  /** Blocks after which there was nothing to judge: nobody had a position. */
  readonly nothing: number;
  /** Runs at whose end it could not be judged although it could before, and no oracle had failed. */
  readonly stuck: number;
  /** The least margin of all blocks, 0 to 1: how close it came to being broken; absent if it tells none. */
  readonly closest?: number;
  /** The most frequent reason why it was not judged. */
  readonly why?: string;
}

/** What became of the rounds that a feed wanted to publish. */
export interface FeedActivity {
  /** Its name. */
  readonly feed: string;
  /** It showed the price of the round. */
  readonly published: number;
  /** It accepted the round and showed another price, because it clamps prices, say. */
  readonly changed: number;
  /** It refused the round, and went on showing its last price. */
  readonly refused: number;
}

/** The least and the greatest value of a quantity over all blocks of all runs. */
export interface ReachedRange {
  /** `price of ETH`, `volatility of ETH_IV`, `base fee`; `pause`, whose shortest and longest it is. */
  readonly what: string;
  readonly least: number;
  readonly greatest: number;
  /** US dollars, percent a year, a multiple, gwei, seconds. */
  readonly unit: QuotedUnit | "gwei" | "seconds";
}

/**
 * What the runs of a search did, up to the one that found a violation: the basis of the claim that a target survived. Plain
 * data, and the same whatever the number of lanes.
 */
export interface Activity {
  /** By agent, the target's functions first. A function that an agent may call but never tried has `tried: 0`. */
  readonly calls: readonly CallActivity[];
  /** Functions of the target that are never called, and why. */
  readonly skipped: readonly SkippedFunction[];
  /** How many contracts were created and called by nobody, because no artifact of the project has their code. Absent: none. */
  readonly unknownContracts?: number;
  /**
   * How many questions to views of the contracts were not asked, so that what they say is missing from the arguments of calls:
   * a contract has more views, or a scenario more accounts, than are read in every block. Absent: none.
   */
  readonly unasked?: number;
  /** What else the contracts did not say, and of which contracts that is. Absent: nothing. */
  readonly untold?: Untold;
  readonly conditions: readonly ConditionActivity[];
  /** Of feeds that had anything to publish. */
  readonly feeds: readonly FeedActivity[];
  /** How many events of each kind happened: price moves, pauses, oracle faults, changes of demand for block space, builders' acts, a scenario's own. */
  readonly events: Readonly<Record<string, number>>;
  readonly reached: readonly ReachedRange[];
}
