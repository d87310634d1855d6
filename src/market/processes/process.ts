import type { Random } from "../random.js";

/** What a price process may use to sample a path. */
export interface ProcessContext {
  /** The horizon, in blocks. */
  readonly blocks: number;
  /** Seconds per block; where `intervals` are given, their mean. */
  readonly blockTime: number;
  /** Seconds before each block, where the scenario draws them; absent if each is `blockTime`. */
  readonly intervals?: readonly number[];
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
   * The largest change per block in either direction, parts per million. A minimal trace moves no faster, which tells a
   * failure caused by a slow decline from one caused by a crash. Default: no limit.
   */
  readonly pace?: number;
  /**
   * Whether its price diffuses by `random.normal()`: the first normals that it draws, one a block and in order, are those of the
   * blocks. Then the scenario can correlate it with others. Default false.
   */
  readonly correlates?: boolean;
  /**
   * Whether the changes of its blocks are independent of one another: then a path may go on from any block as another one does, and
   * `siege.rareRuin` can branch it. Default false.
   */
  readonly independent?: boolean;
  /** Samples the changes of blocks 1 to `blocks`, each > -1,000,000. */
  sample(context: ProcessContext): readonly number[];
}
