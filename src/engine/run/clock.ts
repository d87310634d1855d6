import type { World } from "../world/world.js";

/** How late a block is, and all before it together, seconds: below 0 if they are early. */
interface Late {
  readonly block: number;
  readonly seconds: number;
  readonly earlier: Late | undefined;
}

/** The timestamps of a run's blocks. Immutable: each pause, and each block that is late or early, makes a new one. */
export class Clock {
  readonly #start: number;
  readonly #blockTime: number;
  /** Seconds that pass before a block besides the block time, by block. */
  readonly #pauses: ReadonlyMap<number, number>;

  /** The last block that was late or early. */
  readonly #late: Late | undefined;

  private constructor(
    start: number,
    blockTime: number,
    { pauses, late }: { readonly pauses: ReadonlyMap<number, number>; readonly late: Late | undefined },
  ) {
    this.#start = start;
    this.#blockTime = blockTime;
    this.#pauses = pauses;
    this.#late = late;
  }

  static atStart({ base, scenario }: Pick<World, "base" | "scenario">): Clock {
    return new Clock(base.timestamp, scenario.blockTime, { pauses: new Map(), late: undefined });
  }

  /** The clock after a pause before a block. */
  pausing(block: number, seconds: number): Clock {
    const pauses = new Map(this.#pauses).set(block, (this.#pauses.get(block) ?? 0) + seconds);
    return new Clock(this.#start, this.#blockTime, { pauses, late: this.#late });
  }

  /**
   * The clock with a block, after all that were late before, that comes later than after the mean time.
   *
   * @param seconds - below 0 if it comes earlier; it is at least a second after the one before it
   */
  late(block: number, seconds: number): Clock {
    const all = (this.#late?.seconds ?? 0) + Math.max(1 - this.#blockTime, seconds);
    const late = { block, seconds: all, earlier: this.#late };
    return new Clock(this.#start, this.#blockTime, { pauses: this.#pauses, late });
  }

  /** The timestamp of a block; 0 is the start. */
  at(block: number): number {
    let late = this.#late;
    while (late !== undefined && late.block > block) late = late.earlier;
    return this.#start + block * this.#blockTime + (late?.seconds ?? 0) + this.paused(0, block);
  }

  /** Seconds that passed in pauses after a block and up to another; 0 is the start. */
  paused(from: number, to: number): number {
    let sum = 0;
    for (const [block, seconds] of this.#pauses) if (block > from && block <= to) sum += seconds;
    return sum;
  }
}
