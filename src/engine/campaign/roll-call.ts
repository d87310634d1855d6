import type { Replayed, SkippedReproduction } from "./replayed.js";

import path from "node:path";

/** Keeps count of the saved reproductions while a campaign plays them. */
export class RollCall {
  readonly #violating: string[] = [];
  readonly #surviving: string[] = [];
  readonly #skipped = new Map<string, SkippedReproduction["because"]>();

  /** All files of the folder; what is not played or skipped by name was not reached. */
  expect(files: readonly string[]): void {
    for (const file of files) this.#skipped.set(path.basename(file), { kind: "not reached" });
  }

  played(file: string, end: "violation" | "survived"): void {
    const name = path.basename(file);
    this.#skipped.delete(name);
    (end === "violation" ? this.#violating : this.#surviving).push(name);
  }

  skipped(file: string, because: SkippedReproduction["because"]): void {
    this.#skipped.set(path.basename(file), because);
  }

  get result(): Replayed {
    const skipped = [...this.#skipped].map(([file, because]) => ({ file, because }));
    return { violating: [...this.#violating], surviving: [...this.#surviving], skipped };
  }
}
