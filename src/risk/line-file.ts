import { appendFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";

import { fromJson, toJson } from "../engine/json.js";
import { isMissing, quoted, reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";

/** The largest file that is read: a path takes one or two kilobytes. */
const MAX_BYTES = 400 * 1024 * 1024;

const NEW_LINE = 10;

/** What a file of lines is of. */
interface LineFileOptions {
  /** Relative to `root`; `undefined` for no file. */
  readonly file: string | undefined;
  readonly root: string;
  /** What its lines are: `path`, `point`. */
  readonly noun: string;
  /** Its first line: what its lines have in common. */
  readonly header: object;
  /** What a file with another first line is of instead; a sentence's end. */
  readonly differs: (line: unknown) => string;
}

/**
 * A file to which every result is appended when it is there, a line of JSON each: whatever ends the process, none is lost. A last
 * line that was not completed is dropped.
 */
export class LineFile {
  readonly #file: string | undefined;
  readonly #header: string;
  readonly #noun: string;
  /** What was in it, after its first line. */
  readonly lines: readonly unknown[];

  /**
   * Opens the file, or begins it.
   *
   * @throws SiegeError `PATHS_FILE_INVALID` if it is of something else, `PATHS_FILE_UNWRITABLE`
   */
  constructor({ file, root, noun, header, differs }: LineFileOptions) {
    this.#noun = noun;
    this.#header = toJson(header);
    this.#file = file === undefined ? undefined : path.resolve(root, file);
    const lines = this.#file === undefined ? [] : this.#linesOf(this.#file, file ?? "");
    const [first, ...rest] = lines ?? [];
    if (first !== undefined && first !== this.#header) throw this.invalid(differs(parsed(first)), file);
    this.lines = rest.map(parsed);
    if (lines === undefined) this.restart();
  }

  /** Appends a line. */
  add(line: object): void {
    // at once, and by the kernel: a process that is killed afterwards has written it
    this.#write((file) => {
      appendFileSync(file, `${toJson(line)}\n`);
    });
  }

  /** Begins anew. */
  restart(): void {
    this.#write((file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${this.#header}\n`);
    });
  }

  /** What is wrong with the file. */
  invalid(why: string, file: string = this.#file ?? ""): SiegeError {
    const noun = `${this.#noun}s`;
    return new SiegeError("PATHS_FILE_INVALID", {
      message: `${noun.charAt(0).toUpperCase()}${noun.slice(1)} cannot be added to ${quoted(file)}: ${why}.`,
      hint: `Name another file, or delete this one to begin anew: only ${noun} of one scenario, seed and contract count together.`,
    });
  }

  #write(write: (file: string) => void): void {
    if (this.#file === undefined) return;
    try {
      write(this.#file);
    } catch (cause) {
      throw new SiegeError("PATHS_FILE_UNWRITABLE", {
        message: `The file of ${this.#noun}s ${quoted(this.#file)} could not be written: ${reasonOf(cause)}.`,
        hint: "Make room, or give this process the right to write there. What it holds is kept.",
        cause,
      });
    }
  }

  /** The complete lines; `undefined` if there is no file. What follows the last of them is cut off. */
  #linesOf(file: string, origin: string): readonly string[] | undefined {
    let content: Buffer;
    try {
      const stats = statSync(file);
      if (!stats.isFile()) throw this.invalid("it is not a regular file", origin);
      if (stats.size > MAX_BYTES) {
        throw this.invalid(`it is larger than ${MAX_BYTES.toLocaleString("en-US")} bytes`, origin);
      }
      content = readFileSync(file);
      const end = content.lastIndexOf(NEW_LINE) + 1;
      if (end < content.length) truncateSync(file, end);
      content = content.subarray(0, end);
    } catch (error) {
      if (SiegeError.isSiegeError(error)) throw error;
      if (isMissing(error)) return undefined;
      throw this.invalid(reasonOf(error), origin);
    }
    const lines = content.toString("utf8").split("\n").slice(0, -1);
    return lines.length === 0 ? undefined : lines;
  }
}

function parsed(line: string): unknown {
  try {
    return fromJson(line);
  } catch {
    return undefined;
  }
}
