import type { CaseStore, SavedFile } from "../campaign/case-file.js";
import type { Unsaved } from "../campaign/unsaved.js";
import type { Reproduction } from "../reproduction/reproduction.js";

import path from "node:path";

/**
 * A finding that is kept in the result of its shard. The folder of reproductions is left as it is: what one shard finds there must
 * not depend on what another one has found on the same machine. Its file is written when the shards are merged.
 */
export class HeldCase implements CaseStore {
  /** Of its file, without an extension and without a folder. */
  readonly name: string;
  readonly #saved: SavedFile | undefined;
  readonly #changed: () => Promise<void>;
  #reproduction: Reproduction | undefined;

  /**
   * @param place - the path of a new finding's file, without its extension; of a saved one, the file
   * @param changed - called when there is more to be saved
   */
  constructor(place: string | SavedFile, changed: () => Promise<void>) {
    this.#saved = typeof place === "string" ? undefined : place;
    this.name = typeof place === "string" ? path.basename(place) : path.basename(place.file, ".json");
    this.#changed = changed;
  }

  /** There is none yet. */
  get path(): undefined {
    return undefined;
  }

  get unsaved(): readonly Unsaved[] {
    return [];
  }

  /** As it is now. */
  get reproduction(): Reproduction | undefined {
    return this.#reproduction ?? this.#saved?.reproduction;
  }

  async keep(reproduction: Reproduction): Promise<void> {
    this.#reproduction = reproduction;
    await this.#changed();
  }

  async finish(reproduction: Reproduction): Promise<void> {
    await this.keep(reproduction);
  }

  async discard(): Promise<void> {
    // a shard keeps what it has
  }
}
