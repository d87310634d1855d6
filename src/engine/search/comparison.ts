import type { RunTally } from "../activity/run-tally.js";

/** A run that would show something new, and what. */
interface Due {
  readonly index: number;
  readonly news: readonly string[];
}

/**
 * Chooses the runs in which batched blocks are compared with transactions. A function is worth comparing when an agent's call of
 * it ends in a way that no compared run has shown: the first success, and each reason to revert.
 */
export class Comparison {
  readonly #compared = new Set<string>();
  #waiting: readonly Due[] = [];
  readonly #suspects: number[] = [];
  #count = 0;

  /** Whether any run was compared. */
  get hasCompared(): boolean {
    return this.#count > 0;
  }

  /** Records what became of the calls of a run. @param hasCode - whether agents' accounts have code in it: contracts may ask */
  reported(index: number, tally: RunTally, hasCode = false): void {
    const news = endsOf(tally).map((end) => (hasCode ? `${end} with code` : end));
    this.#waiting = [...this.#waiting.filter((due) => due.index !== index), { index, news }];
  }

  /** Records a run that ended differently in the two executors: it is compared first. */
  suspect(index: number): void {
    this.#suspects.push(index);
  }

  /** A suspect, or else the run that shows most that is new, the first of several; `undefined` if none shows anything. */
  next(): number | undefined {
    const suspect = this.#suspects.shift();
    if (suspect !== undefined) return suspect;
    let best: Due | undefined;
    for (const { index, news } of [...this.#waiting].sort((a, b) => a.index - b.index)) {
      const left = news.filter((end) => !this.#compared.has(end));
      if (left.length > (best?.news.length ?? 0)) best = { index, news: left };
    }
    return best?.index;
  }

  /** Records that a run was compared. */
  compared(index: number): void {
    this.#count += 1;
    for (const due of this.#waiting) if (due.index === index) for (const end of due.news) this.#compared.add(end);
  }

  /** Forgets the runs of a generation; what they showed and was not compared is shown again by later ones, if it matters. */
  forget(): void {
    this.#waiting = [];
  }
}

function endsOf({ calls }: RunTally): readonly string[] {
  return Object.entries(calls).flatMap(([agent, functions]) =>
    Object.entries(functions).flatMap(([called, { succeeded, reverts }]) => [
      ...(succeeded > 0 ? [`${agent} ${called}`] : []),
      ...Object.keys(reverts).map((reason) => `${agent} ${called} ${reason}`),
    ]),
  );
}
