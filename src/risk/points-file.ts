import type { ParameterValues } from "../scenario/parameters/setter.js";
import type { Scenario } from "../scenario/scenario.js";

import { createHash } from "node:crypto";

import { z } from "zod";

import { toJson } from "../engine/json.js";
import { createRandom } from "../market/random.js";

import { LineFile } from "./line-file.js";

const POINTS_FORMAT = "hardhat-siege-points";
const POINTS_VERSION = 1;

/** What points must have in common to be counted together. */
export interface PointsOrigin {
  readonly of: "greeks" | "map" | "sensitivity";
  readonly scenario: Scenario;
  readonly target: string;
  /** The target's code. */
  readonly code: string;
  readonly seed: number;
  readonly runs: number;
  /** What else a point depends on. Plain data. */
  readonly with: object;
}

const headerSchema = z.object({
  format: z.literal(POINTS_FORMAT),
  version: z.number(),
  of: z.string(),
  scenario: z.string(),
  target: z.string(),
  seed: z.number(),
  runs: z.number(),
  hash: z.string(),
});

/** What lines are told apart by. */
interface Place {
  readonly values: ParameterValues;
  /** Of several at the same values. */
  readonly variant?: string;
}

/**
 * A file to which every point of a map, of sensitivities or of Greeks is appended when it is finished, so that none is played again: whatever
 * ends the process, no finished point is lost.
 */
export class PointsFile<PointT extends Place> {
  readonly #file: LineFile;
  readonly #known = new Map<string, PointT>();

  /**
   * Opens the file, or begins it.
   *
   * @param file - relative to the project's root; `undefined` for none
   * @param point - what a line has to be
   * @throws SiegeError `PATHS_FILE_INVALID` if it is of something else, `PATHS_FILE_UNWRITABLE`
   */
  constructor(root: string, file: string, origin: PointsOrigin, point: z.ZodTypeAny) {
    const header = headerOf(origin);
    this.#file = new LineFile({ root, file, noun: "point", header, differs: (line) => differenceOf(line, header) });
    for (const [index, line] of this.#file.lines.entries()) {
      const parsed = point.safeParse(line);
      if (!parsed.success) throw this.#file.invalid(`line ${index + 2} is not a point`, file);
      // zod writes optional fields as possibly undefined
      const known = parsed.data as PointT;
      this.#known.set(keyOf(known), known);
    }
  }

  /** The point at these values, if it is there. */
  at(values: ParameterValues, variant?: string): PointT | undefined {
    return this.#known.get(keyOf(variant === undefined ? { values } : { values, variant }));
  }

  add(point: PointT): void {
    this.#known.set(keyOf(point), point);
    this.#file.add(point);
  }
}

function keyOf({ values, variant }: Place): string {
  return `${variant ?? ""} ${toJson(Object.entries(values))}`;
}

function headerOf({
  of,
  scenario,
  target,
  code,
  seed,
  runs,
  with: others,
}: PointsOrigin): z.infer<typeof headerSchema> {
  const { name, blocks, blockTime, intervals, assets, agents, conditions, gas } = scenario;
  // processes are functions: what they are shows in what they sample
  const moves = [...assets].map(([asset, { price, process }]) => [
    asset,
    price,
    process?.sample({ blocks, blockTime, random: createRandom(seed) }),
  ]);
  const ids = conditions.map(({ id }) => id);
  const times = intervals === "fixed" ? {} : { intervals };
  const hash = createHash("sha256").update(
    toJson({
      blocks,
      blockTime,
      ...times,
      moves,
      agents: [...agents.keys()],
      ids,
      baseFee: gas.baseFee,
      code,
      ...others,
    }),
  );
  return {
    format: POINTS_FORMAT,
    version: POINTS_VERSION,
    of,
    scenario: name,
    target,
    seed,
    runs,
    hash: hash.digest("hex"),
  };
}

/** What a file is of instead. */
function differenceOf(line: unknown, header: z.infer<typeof headerSchema>): string {
  const theirs = headerSchema.safeParse(line);
  if (!theirs.success) return "its first line is not that of a file of points";
  for (const name of ["version", "of", "scenario", "target", "seed", "runs"] as const) {
    const [is, asked] = [theirs.data[name], header[name]];
    if (is !== asked) return `its ${name} is ${JSON.stringify(is)}, not ${JSON.stringify(asked)}`;
  }
  return "the contract, or the scenario's agents, market, conditions or parameters, were others";
}
