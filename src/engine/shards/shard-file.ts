import type { Folder } from "./keep-finding.js";
import type { ShardFinding, ShardResults } from "./result.js";
import type { KeptIn } from "./verdict.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { byHand } from "../reproduction/by-hand.js";

import { comingFile } from "./keep-finding.js";
import { readShardResults, resultFileName, writeShardResults } from "./store.js";

/** The file of a shard while it is played. It is written from the start, so that a shard that is killed leaves what it has. */
export class ShardFile {
  readonly #folder: string;
  #file: string | undefined;
  /** Whether the file holds the result of this job from before. */
  #isWhole = false;
  #unwritten: SiegeError | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get file(): string {
    return this.#file ?? this.#folder;
  }

  /**
   * Saves the result so far.
   *
   * @throws SiegeError `SHARD_RESULT_UNWRITABLE` if that loses nothing: otherwise, what was found is reported first
   */
  async save(results: ShardResults): Promise<void> {
    const file = path.join(this.#folder, resultFileName(results));
    if (this.#file === undefined) {
      this.#file = file;
      this.#isWhole = await readShardResults(file).then(isOver, () => false);
    }
    // what is there says as much
    if (this.#isWhole && !isOver(results)) return;
    try {
      await writeShardResults(file, results);
      this.#unwritten = undefined;
    } catch (error) {
      if (!SiegeError.isSiegeError(error) || !hasFound(results)) throw error;
      this.#unwritten = error;
    }
  }

  /** Where the file of a finding will be, or how to keep it all the same. */
  keptIn(finding: ShardFinding, folder: Folder): KeptIn {
    const coming = comingFile(finding, folder);
    if (this.#unwritten === undefined || coming.file === undefined) return coming;
    const { code, summary: reason } = this.#unwritten;
    const content = byHand(finding.reproduction);
    return {
      file: undefined,
      unsaved: [
        { what: "reproduction", file: coming.file, code, reason, ...(content === undefined ? {} : { content }) },
      ],
    };
  }
}

function isOver({ shards }: ShardResults): boolean {
  return shards.every(({ cut }) => cut === undefined);
}

function hasFound({ shards }: ShardResults): boolean {
  return shards.some(
    ({ opening, strands }) => opening.findings.length > 0 || strands.some(({ met }) => met.length > 0),
  );
}
