import { count } from "../report/lines.js";

/** Milliseconds between two updates: more often, nobody reads it. */
const INTERVAL = 200;

/** Updates over which the speed is measured: the last few seconds, as lanes open and the machine is shared. */
const WINDOW = 40;

/** A line on a terminal that says how far a risk run is, and how long the rest takes at the speed of the last seconds. */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, "isTTY" | "write">;
  readonly #wanted: number | undefined;
  readonly #clock: () => number;
  #samples: readonly { readonly at: number; readonly finished: number }[] = [];
  #width = 0;

  /** @param clock - milliseconds from any origin */
  constructor(
    stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
    wanted: number | undefined,
    clock: () => number = () => performance.now(),
  ) {
    this.#stream = stream;
    this.#wanted = wanted;
    this.#clock = clock;
  }

  /** Called after every path. */
  show(finished: number, ruined: number): void {
    if (!this.#stream.isTTY) return;
    const at = this.#clock();
    if (at - (this.#samples.at(-1)?.at ?? -Infinity) < INTERVAL) return;
    this.#samples = [...this.#samples.slice(1 - WINDOW), { at, finished }];
    const of = this.#wanted === undefined ? "" : ` of ${count(this.#wanted, "path")}`;
    const text = `${finished.toLocaleString("en-US")}${of}, ${ruined.toLocaleString("en-US")} ruined${this.#left(finished)}`;
    this.#stream.write(`\r${text.padEnd(this.#width)}`);
    this.#width = text.length;
  }

  /** Removes the line, before anything else is printed. */
  clear(): void {
    if (this.#width > 0) this.#stream.write(`\r${" ".repeat(this.#width)}\r`);
    this.#width = 0;
  }

  #left(finished: number): string {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (this.#wanted === undefined || first === undefined || last === undefined) return "";
    const rate = (last.finished - first.finished) / (last.at - first.at);
    if (!Number.isFinite(rate) || rate <= 0) return "";
    return `, about ${Math.max(1, Math.round((this.#wanted - finished) / rate / 1000)).toLocaleString("en-US")} s left`;
  }
}
