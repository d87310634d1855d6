import type { Random } from "../random.js";

/** What a price process may use to draw a path. */
export interface ProcessContext {
  /** The horizon, in blocks. */
  readonly blocks: number;
  /** Seconds a block. */
  readonly blockTime: number;
  readonly random: Random;
}

/**
 * A model of how a fair price moves. Its sample is data: the relative change in each block, in parts per million
 * (-125_000 is a fall of 12.5 %); a missing or zero entry is a block without a move.
 */
export interface Process {
  /** The name of the model in reports, for example `gbm`. */
  readonly kind: string;
  /**
   * The largest change that it makes in a block, either way, parts per million. A minimal trace moves no faster: one that a slow
   * fall breaks is told from one that a crash breaks. Default: there is no such limit.
   */
  readonly pace?: number;
  /** Draws the changes of blocks 1 to `blocks`. Every change is > -1,000,000. */
  sample(context: ProcessContext): readonly number[];
}
