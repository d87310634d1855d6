/** Milliseconds between two samples. */
const INTERVAL = 200;

/** Samples over which the speed is measured: the last few seconds, as lanes open and the machine is shared. */
const WINDOW = 40;

/** How fast something is, and how long the rest takes at the speed of the last seconds. */
export class Pace {
  readonly #clock: () => number;
  #samples: readonly { readonly at: number; readonly finished: number }[] = [];

  /** @param clock - milliseconds from any origin */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** So many are finished now. */
  finished(count: number): void {
    const at = this.#clock();
    const last = this.#samples.at(-1);
    if (last !== undefined && at - last.at < INTERVAL) return;
    // what is played again begins anew
    const kept = last !== undefined && count < last.finished ? [] : this.#samples.slice(1 - WINDOW);
    this.#samples = [...kept, { at, finished: count }];
  }

  /** How many a second; `undefined` if that is not known yet. */
  get perSecond(): number | undefined {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return undefined;
    const rate = ((last.finished - first.finished) / (last.at - first.at)) * 1000;
    return rate > 0 ? rate : undefined;
  }

  /** `about 32 s left`; nothing if that is not known. @param rest - how many are left */
  left(rest: number): string | undefined {
    const rate = this.perSecond;
    if (rate === undefined) return undefined;
    return `about ${Math.max(1, Math.round(rest / rate)).toLocaleString("en-US")} s left`;
  }
}
