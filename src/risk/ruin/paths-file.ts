import type { Genome } from "../../engine/events/genome.js";
import type { World } from "../../engine/world/world.js";
import type { RareOptions } from "../rare/rare-options.js";
import type { FinishedPath } from "./paths.js";

import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";

import { fromJson, toJson } from "../../engine/json.js";
import { isMissing, quoted, reasonOf } from "../../engine/reproduction/file-errors.js";
import { SiegeError } from "../../errors.js";

import { headerSchema, PATHS_FORMAT, PATHS_VERSION, pathSchema } from "./paths-schema.js";

/** The largest file that is read: a path takes one or two kilobytes. */
const MAX_BYTES = 400 * 1024 * 1024;

const NEW_LINE = 10;

/** What paths must have in common to be counted together. */
interface Origin {
  readonly seed: number;
  readonly genome: (index: number) => Genome;
  /** How they are tilted; absent if they are not. */
  readonly rare?: RareOptions;
}

/**
 * A file to which every path is appended when it is finished, a line of JSON each: whatever ends the process, no finished path
 * is lost. A last line that was not completed is dropped.
 */
export class PathsFile {
  readonly #file: string | undefined;
  readonly #header: string;
  /** What was in it. */
  readonly known: readonly FinishedPath[];

  private constructor(file: string | undefined, header: string, known: readonly FinishedPath[]) {
    this.#file = file;
    this.#header = header;
    this.known = known;
  }

  /**
   * Opens the file, or begins it.
   *
   * @param file - relative to the project's root; `undefined` for none
   * @throws SiegeError `PATHS_FILE_INVALID` if it is of something else, `PATHS_FILE_UNWRITABLE`
   */
  static async open(root: string, file: string | undefined, world: World, origin: Origin): Promise<PathsFile> {
    if (file === undefined) return new PathsFile(undefined, "", []);
    const header = toJson({ format: PATHS_FORMAT, version: PATHS_VERSION, ...(await identityOf(world, origin)) });
    const absolute = path.resolve(root, file);
    const lines = linesOf(absolute, file);
    const known = lines === undefined ? undefined : pathsIn(lines, header, file);
    const opened = new PathsFile(absolute, header, known ?? []);
    if (known === undefined) opened.restart();
    return opened;
  }

  /** Appends a path. */
  add(finished: FinishedPath): void {
    // at once, and by the kernel: a process that is killed afterwards has written it
    this.#write((file) => {
      appendFileSync(file, `${toJson(finished)}\n`);
    });
  }

  /** Begins anew: what is in it was played in a way that turned out to be wrong. */
  restart(): void {
    this.#write((file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${this.#header}\n`);
    });
  }

  #write(write: (file: string) => void): void {
    if (this.#file === undefined) return;
    try {
      write(this.#file);
    } catch (cause) {
      throw new SiegeError("PATHS_FILE_UNWRITABLE", {
        message: `The file of paths ${quoted(this.#file)} could not be written: ${reasonOf(cause)}.`,
        hint: "Make room, or give this process the right to write there. What it holds is kept.",
        cause,
      });
    }
  }
}

/** What paths are of. Two with the same identity are paths of one distribution, on the same contract. */
async function identityOf(world: World, { seed, genome, ...tilt }: Origin): Promise<object> {
  const { scenario, target, conditions, parameters, chain } = world;
  const { name, blocks, blockTime } = scenario;
  const code = await chain.code(target.address);
  const agents = [...scenario.agents.keys()];
  const ids = conditions.map(({ bound: { id } }) => id);
  const hash = createHash("sha256").update(
    toJson({ blockTime, agents, ids, code, parameters, first: genome(0), ...tilt }),
  );
  return { scenario: name, target: target.name, seed, blocks, hash: hash.digest("hex") };
}

/** The complete lines; `undefined` if there is no file. What follows the last of them is cut off. */
function linesOf(file: string, origin: string): readonly string[] | undefined {
  let content: Buffer;
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw invalid(origin, "it is not a regular file");
    if (stats.size > MAX_BYTES) throw invalid(origin, `it is larger than ${MAX_BYTES.toLocaleString("en-US")} bytes`);
    content = readFileSync(file);
    const end = content.lastIndexOf(NEW_LINE) + 1;
    if (end < content.length) truncateSync(file, end);
    content = content.subarray(0, end);
  } catch (error) {
    if (SiegeError.isSiegeError(error)) throw error;
    if (isMissing(error)) return undefined;
    throw invalid(origin, reasonOf(error));
  }
  const lines = content.toString("utf8").split("\n").slice(0, -1);
  return lines.length === 0 ? undefined : lines;
}

function pathsIn([first = "", ...lines]: readonly string[], header: string, origin: string): readonly FinishedPath[] {
  if (first !== header) throw invalid(origin, differenceOf(first, header));
  return lines.map((line, index) => {
    const parsed = pathSchema.safeParse(parse(line));
    if (parsed.success) return parsed.data;
    throw invalid(origin, `line ${index + 2} is not a path`);
  });
}

/** What a file is of instead. */
function differenceOf(line: string, header: string): string {
  const theirs = headerSchema.safeParse(parse(line));
  const ours = headerSchema.parse(parse(header));
  if (!theirs.success) return "its first line is not that of a file of paths";
  for (const name of ["version", "scenario", "target", "seed", "blocks"] as const) {
    const [is, asked] = [theirs.data[name], ours[name]];
    if (is !== asked) return `its ${name} is ${JSON.stringify(is)}, not ${JSON.stringify(asked)}`;
  }
  return "the contract, or the scenario's agents, market, conditions or parameters, were others";
}

function parse(line: string): unknown {
  try {
    return fromJson(line);
  } catch {
    return undefined;
  }
}

function invalid(origin: string, why: string): SiegeError {
  return new SiegeError("PATHS_FILE_INVALID", {
    message: `Paths cannot be added to ${quoted(origin)}: ${why}.`,
    hint: "Name another file, or delete this one to begin anew: only paths of one scenario, seed and contract count together.",
  });
}
