import type { LiveStream } from "./live-line.js";

import { count } from "../../report/lines.js";

import { LiveLine } from "./live-line.js";
import { Pace } from "./pace.js";

/** A line on a terminal that says how many of many are done, and how long the rest takes. */
export class CountDisplay {
  readonly #line: LiveLine;
  readonly #pace: Pace;
  readonly #noun: string;

  /**
   * @param noun - what is counted: `path`
   * @param clock - milliseconds from any origin
   */
  constructor(stream: LiveStream, noun: string, clock?: () => number) {
    this.#line = new LiveLine(stream, clock);
    this.#pace = new Pace(clock);
    this.#noun = noun;
  }

  /** Called after each of them. @param more - what else there is to say */
  show(finished: number, all: number, ...more: readonly string[]): void {
    this.#pace.finished(finished);
    this.#line.show(() => {
      const left = this.#pace.left(all - finished);
      const done = `${finished.toLocaleString("en-US")} of ${count(all, this.#noun)}`;
      return [done, ...more, ...(left === undefined ? [] : [left])].join(", ");
    });
  }

  /** Removes the line, before anything else is printed. */
  clear(): void {
    this.#line.clear();
  }
}
