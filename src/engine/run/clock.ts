import type { World } from "../world/world.js";

/** The timestamps of a run's blocks. Immutable: each pause makes a new one. */
export class Clock {
  readonly #start: number;
  readonly #blockTime: number;
  /** Seconds that pass before a block besides the block time, by block. */
  readonly #pauses: ReadonlyMap<number, number>;

  private constructor(start: number, blockTime: number, pauses: ReadonlyMap<number, number>) {
    this.#start = start;
    this.#blockTime = blockTime;
    this.#pauses = pauses;
  }

  static atStart({ base, scenario }: Pick<World, "base" | "scenario">): Clock {
    return new Clock(base.timestamp, scenario.blockTime, new Map());
  }

  /** The clock after a pause before a block. */
  pausing(block: number, seconds: number): Clock {
    const pauses = new Map(this.#pauses).set(block, (this.#pauses.get(block) ?? 0) + seconds);
    return new Clock(this.#start, this.#blockTime, pauses);
  }

  /** The timestamp of a block; 0 is the start. */
  at(block: number): number {
    let time = this.#start + block * this.#blockTime;
    for (const [paused, seconds] of this.#pauses) if (paused <= block) time += seconds;
    return time;
  }
}
