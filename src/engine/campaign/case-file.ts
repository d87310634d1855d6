import type { Trace } from "../events/trace.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { Unsaved } from "./unsaved.js";

import { rm } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../../errors.js";
import { toJson } from "../json.js";
import { byHand } from "../reproduction/by-hand.js";
import { readReproduction, writeReproduction } from "../reproduction/store.js";

/** Ends the names of findings that are not confirmed yet: what is confirmed is never overwritten by what is not. */
const UNCONFIRMED = ".unconfirmed.json";

const CONFIRMED = ".json";

/** The most findings of one name: the same run may break the target in another way after its code was changed. */
const MAX_NAMESAKES = 100;

/** A reproduction in the folder. */
export interface SavedFile {
  readonly file: string;
  readonly reproduction: Reproduction;
  /** Set if its minimal trace no longer breaks the target, but the worst that it knows does. */
  readonly misses?: true;
}

/** Where a finding is kept while its case is open, and afterwards. */
export interface CaseStore {
  /** The file, relative to the project's root; `undefined` if there is none. */
  readonly path: string | undefined;
  /** What could not be written. */
  readonly unsaved: readonly Unsaved[];
  /** Saves a finding on its way. */
  keep(reproduction: Reproduction): Promise<void>;
  /** Saves the confirmed finding. */
  finish(reproduction: Reproduction): Promise<void>;
  /** Takes back a finding on its way, which turned out not to be one. */
  discard(): Promise<void>;
}

/** Whether one trace is smaller than another, see `isSmaller`. */
type Smaller = (one: Trace, other: Trace) => boolean;

/** A file of the project. That it cannot be written is no reason to lose a finding: it is still in the result and in the report. */
export class CaseFile implements CaseStore {
  readonly #projectRoot: string;
  /** Without an extension. */
  readonly #base: string;
  readonly #saved: SavedFile | undefined;
  readonly #isSmaller: Smaller;
  #file: string | undefined;
  /** What this campaign has written to after the finding was confirmed, and may write to again. */
  #own: string | undefined;
  #unsaved: Unsaved | undefined;

  /**
   * @param place - the path of a new finding's file, without its extension; of a saved one, the file
   */
  constructor(projectRoot: string, place: string | SavedFile, isSmaller: Smaller) {
    this.#projectRoot = projectRoot;
    this.#isSmaller = isSmaller;
    if (typeof place === "string") {
      this.#base = place;
    } else {
      const { file } = place;
      this.#base = file.slice(0, -(file.endsWith(UNCONFIRMED) ? UNCONFIRMED : CONFIRMED).length);
      this.#saved = place;
      this.#file = file;
    }
  }

  /** The file, relative to the project's root; `undefined` if there is none. */
  get path(): string | undefined {
    return this.#file === undefined ? undefined : this.#relative(this.#file);
  }

  /** What could not be written. */
  get unsaved(): readonly Unsaved[] {
    return this.#unsaved === undefined ? [] : [this.#unsaved];
  }

  /** Saves a finding on its way. The file of a saved one holds more than that until it is confirmed again. */
  async keep(reproduction: Reproduction): Promise<void> {
    if (this.#saved === undefined) await this.#write(`${this.#base}${UNCONFIRMED}`, reproduction);
  }

  /** Takes back a finding on its way, which turned out not to be one. */
  async discard(): Promise<void> {
    if (this.#saved === undefined) await rm(`${this.#base}${UNCONFIRMED}`, { force: true }).catch(() => undefined);
  }

  /** Saves the confirmed finding, unless its file is as good. */
  async finish(reproduction: Reproduction): Promise<void> {
    const file = this.#own ?? (await this.#place(reproduction));
    if (typeof file === "string") {
      await this.#write(file, reproduction);
      if (this.#unsaved !== undefined) return;
      this.#own = file;
    } else {
      this.#file = file.file;
      this.#unsaved = undefined;
    }
    // of this campaign, or of one that was interrupted
    await rm(`${this.#base}${UNCONFIRMED}`, { force: true }).catch(() => undefined);
  }

  /** Where to write a confirmed finding, or the file that is left as it is. */
  async #place(reproduction: Reproduction): Promise<string | SavedFile> {
    const saved = this.#saved;
    if (saved?.file.endsWith(UNCONFIRMED) === false && isSameFlaw(saved.reproduction, reproduction)) {
      return saved.misses !== true && this.#isAsGood(saved.reproduction, reproduction) ? saved : saved.file;
    }
    for (let namesake = 1; namesake <= MAX_NAMESAKES; namesake++) {
      const file = `${this.#base}${namesake === 1 ? "" : `-${namesake}`}${CONFIRMED}`;
      const there = await readReproduction(file).catch((error: unknown) => error);
      if (SiegeError.isSiegeError(there)) {
        // nothing is written over what cannot be read
        if (there.code !== "REPRODUCTION_NOT_FOUND") continue;
        return file;
      }
      const known = there as Reproduction;
      if (known.hermetic === null) return file;
      if (toJson(known.finding.trace) !== toJson(reproduction.finding.trace)) continue;
      return this.#isAsGood(known, reproduction) ? { file, reproduction: known } : file;
    }
    return `${this.#base}-${MAX_NAMESAKES + 1}${CONFIRMED}`;
  }

  /** Whether a file need not be written anew: a target that is not fixed leaves it alone. */
  #isAsGood(known: Reproduction, now: Reproduction): boolean {
    const { hermetic, finding, onChain } = known;
    // one of an older version has no certificate, and one of an earlier release not what exports need
    const isExportable =
      (onChain !== undefined || now.onChain === undefined) &&
      (onChain?.statement !== undefined || now.onChain?.statement === undefined);
    const isComplete = hermetic !== null && finding.certificate !== undefined && isExportable;
    return isComplete && !this.#isSmaller(now.finding.trace, finding.trace);
  }

  async #write(file: string, reproduction: Reproduction): Promise<void> {
    try {
      await writeReproduction(file, reproduction);
      this.#file = file;
      this.#unsaved = undefined;
    } catch (error) {
      if (!SiegeError.isSiegeError(error) || error.code !== "REPRODUCTION_UNWRITABLE") throw error;
      // what a saved finding was replayed from is still there
      if (this.#saved === undefined) this.#file = undefined;
      const content = byHand(reproduction);
      this.#unsaved = {
        what: "reproduction",
        file: this.#relative(`${this.#base}${CONFIRMED}`),
        code: error.code,
        reason: error.summary,
        ...(content === undefined ? {} : { content }),
      };
    }
  }

  #relative(file: string): string {
    return path.relative(this.#projectRoot, file);
  }
}

function isSameFlaw(one: Reproduction, other: Reproduction): boolean {
  return one.finding.violation.cause === other.finding.violation.cause;
}
