import type { Outcome, Settings, Tool } from "./campaign.js";
import type { Variant } from "./target.js";

import { appendFile, readFile } from "node:fs/promises";

/** What a campaign was; two results with the same key are the same measurement. */
export interface Key {
  readonly target: string;
  /** Of the target's files. */
  readonly digest: string;
  readonly variant: Variant;
  readonly seed: number;
  readonly tool: Tool;
  readonly build: string;
  readonly settings: Settings;
}

/** One line of the file of results. */
export interface Result extends Key {
  readonly commit?: string;
  readonly outcome: Outcome;
}

/** Results as JSON lines, each appended as soon as its campaign ends, so that the next start goes on from there. */
export class Results {
  readonly #file: string;
  readonly #byKey: Map<string, Result>;

  private constructor(file: string, results: readonly Result[]) {
    this.#file = file;
    this.#byKey = new Map(results.map((result) => [keyOf(result), result]));
  }

  static async open(file: string): Promise<Results> {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n").filter((line) => line !== "");
    return new Results(
      file,
      lines.map((line) => JSON.parse(line) as Result),
    );
  }

  get all(): readonly Result[] {
    return [...this.#byKey.values()];
  }

  has(key: Key): boolean {
    return this.#byKey.has(keyOf(key));
  }

  async add(result: Result): Promise<void> {
    this.#byKey.set(keyOf(result), result);
    await appendFile(this.#file, `${JSON.stringify(result)}\n`);
  }
}

function keyOf({ target, digest, variant, seed, tool, build, settings }: Key): string {
  return JSON.stringify([target, digest, variant, seed, tool, build, Object.entries(settings).sort()]);
}
