import type { Genome } from "../../engine/events/genome.js";
import type { World } from "../../engine/world/world.js";
import type { RareOptions } from "../rare/rare-options.js";
import type { FinishedPath } from "./paths.js";

import { createHash } from "node:crypto";

import { toJson } from "../../engine/json.js";
import { LineFile } from "../line-file.js";

import { headerSchema, PATHS_FORMAT, PATHS_VERSION, pathSchema } from "./paths-schema.js";

/** What paths must have in common to be counted together. */
interface Origin {
  readonly seed: number;
  readonly genome: (index: number) => Genome;
  /** How they are tilted; absent if they are not. */
  readonly rare?: RareOptions;
  /** What else runs depend on. Plain data; absent if there is nothing. */
  readonly with?: object;
}

/** A file to which every path is appended when it is finished: whatever ends the process, no finished path is lost. */
export class PathsFile {
  readonly #file: LineFile;
  /** What was in it. */
  readonly known: readonly FinishedPath[];

  private constructor(file: LineFile, known: readonly FinishedPath[]) {
    this.#file = file;
    this.known = known;
  }

  /**
   * Opens the file, or begins it.
   *
   * @param file - relative to the project's root; `undefined` for none
   * @throws SiegeError `PATHS_FILE_INVALID` if it is of something else, `PATHS_FILE_UNWRITABLE`
   */
  static async open(root: string, file: string | undefined, world: World, origin: Origin): Promise<PathsFile> {
    const identity = file === undefined ? {} : await identityOf(world, origin);
    const header = { format: PATHS_FORMAT, version: PATHS_VERSION, ...identity };
    const opened = new LineFile({ root, file, noun: "path", header, differs: (line) => differenceOf(line, header) });
    const known = opened.lines.map((line, index) => {
      const parsed = pathSchema.safeParse(line);
      if (parsed.success) return parsed.data;
      throw opened.invalid(`line ${index + 2} is not a path`, file);
    });
    return new PathsFile(opened, known);
  }

  /** Appends a path. */
  add(finished: FinishedPath): void {
    this.#file.add(finished);
  }

  /** Begins anew: what is in it was played in a way that turned out to be wrong. */
  restart(): void {
    this.#file.restart();
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

/** What a file is of instead. */
function differenceOf(line: unknown, header: object): string {
  const theirs = headerSchema.safeParse(line);
  const ours = headerSchema.parse(header);
  if (!theirs.success) return "its first line is not that of a file of paths";
  for (const name of ["version", "scenario", "target", "seed", "blocks"] as const) {
    const [is, asked] = [theirs.data[name], ours[name]];
    if (is !== asked) return `its ${name} is ${JSON.stringify(is)}, not ${JSON.stringify(asked)}`;
  }
  return "the contract, or the scenario's agents, market, conditions or parameters, were others";
}
