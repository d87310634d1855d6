/** How much of a run was played. */
export interface RunCount {
  readonly blocks: number;
  /** Calls in blocks, reverted ones included. */
  readonly calls: number;
  /** Calls that were tried to find out what the state accepts. */
  readonly trials: number;
}

export const NOTHING_PLAYED: RunCount = { blocks: 0, calls: 0, trials: 0 };
