import { columnsOf, cut } from "../../report/columns.js";

/** Milliseconds between two updates: more often, nobody reads it. */
const INTERVAL = 200;

/** Columns of a terminal that does not say how many it has. */
const COLUMNS = 80;

/** Where the line is: standard error, so that what is piped is the report alone. */
export type LiveStream = Pick<NodeJS.WriteStream, "isTTY" | "write"> & { readonly columns?: number };

/**
 * One line of a terminal that is written again and again. Where nobody watches, in CI or in a file, there is none; lines that are
 * announced are printed all the same.
 */
export class LiveLine {
  readonly #stream: LiveStream;
  readonly #clock: () => number;
  #shownAt = -Infinity;
  #width = 0;

  /** @param clock - milliseconds from any origin */
  constructor(stream: LiveStream, clock: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#clock = clock;
  }

  /** Shows a text, unless another one was shown a moment ago. */
  show(text: () => string): void {
    const at = this.#clock();
    if (!this.#stream.isTTY || at - this.#shownAt < INTERVAL) return;
    this.#shownAt = at;
    // a line that is as wide as the terminal goes on below
    const fitting = cut(text(), (this.#stream.columns ?? COLUMNS) - 1);
    const width = columnsOf(fitting);
    this.#stream.write(`\r${fitting}${" ".repeat(Math.max(0, this.#width - width))}`);
    this.#width = width;
  }

  /** Prints a line that stays. */
  announce(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  /** Removes the line, before anything else is printed. */
  clear(): void {
    if (this.#width > 0) this.#stream.write(`\r${" ".repeat(this.#width)}\r`);
    this.#width = 0;
    this.#shownAt = -Infinity;
  }
}
