import type { Crew } from "./crew.js";
import type { Lanes } from "./lanes.js";

/**
 * Lanes that several searches of one world use one after the other. Opening them takes as long as dozens of runs; what one search
 * learned about how to execute blocks is none of the next one's.
 */
export class SharedLanes {
  #lanes: Lanes | undefined;
  #crew: Crew | undefined;
  /** How they were opened. */
  #was: unknown;
  #later = 0;

  /** @param later - runs that come after those of the search that uses them now */
  expect(later: number): void {
    this.#later = later;
  }

  /** Those that are open, unless they execute blocks in another way by now than they did at first. */
  async take(open: () => Promise<Lanes>): Promise<Lanes> {
    if (this.#lanes !== undefined && stateOf(this.#lanes) === this.#was) return this.#lanes;
    await this.close();
    this.#lanes = await open();
    this.#was = stateOf(this.#lanes);
    return this.#lanes;
  }

  /** A crew knows how many lanes pay off. */
  crew(make: () => Crew): Crew {
    const crew = (this.#crew ??= make());
    return {
      shift: (left) => crew.shift(left + this.#later),
      play: (work) => crew.play(work),
    };
  }

  async close(): Promise<void> {
    const lanes = this.#lanes;
    this.#lanes = undefined;
    this.#crew = undefined;
    await lanes?.close();
  }
}

function stateOf({ rules, because }: Lanes): string {
  return `${rules.executor} ${because ?? ""}`;
}
