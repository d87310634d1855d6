import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { ParameterValue } from "../../engine/world/parameters/parameter-value.js";
import type { Objective } from "../../scenario/parameters/objective.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";

import { defineCondition } from "../../conditions/condition.js";
import { stopWhen } from "../../engine/campaign/stop.js";
import { errorOf } from "../../engine/run/fault.js";
import { judgeStart } from "../../engine/run/judge.js";
import { Player } from "../../engine/run/player.js";
import { playJob } from "../../engine/search/lanes/run-job.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { shown } from "../../options.js";
import { constant } from "../../protocols/read-plan.js";
import { pathSource } from "../../risk/ruin/path-source.js";

/** What a candidate's paths came to. */
export interface CandidatePaths {
  readonly paths: number;
  /** Which of them were ruined, counted from 1, and how the first was. */
  readonly ruined: readonly number[];
  readonly summary?: string;
  /** By objective, one value for each path. */
  readonly objectives: Readonly<Record<string, readonly number[]>>;
  /** A condition that does not hold before the first block. */
  readonly broken?: string;
  readonly target: string;
  readonly forkBlock: number;
  /** What was set, and what it was before. */
  readonly set: readonly ParameterValue[];
}

/** How a candidate is measured. */
interface MeasuringCandidate {
  readonly objectives: ReadonlyMap<string, Objective>;
  readonly values: ParameterValues;
  readonly paths: number;
  readonly seed: number;
  /** Seconds that are left. */
  readonly timeLimit: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Plays independent paths of a scenario, one transaction per call, and measures objectives at their ends. With the same seed, the paths of
 * two candidates draw the same numbers.
 *
 * @throws Stop if the time is up; SiegeError `OBJECTIVE_FAILED`; a fault of the chain, which is no value
 */
export async function measureCandidate(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  { objectives, values, paths, seed, timeLimit, signal }: MeasuringCandidate,
): Promise<CandidatePaths> {
  const readings = new Readings(objectives);
  const stopping = { clock: environment.clock, timeLimit, signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(stopping) }, target, {
    ...scenario,
    conditions: [...scenario.conditions, ...readings.conditions],
  });
  const about = { target: target.name, forkBlock: world.forkBlock, set: world.parameters };
  try {
    const start = judgeStart(world);
    if (start !== undefined) {
      return {
        paths: 0,
        ruined: [],
        objectives: {},
        broken: `${start.condition}: ${start.evidence.summary}`,
        ...about,
      };
    }
    const player = new Player(world, stopWhen(stopping));
    const genome = pathSource(world, seed);
    const ruined: number[] = [];
    let summary: string | undefined;
    const measured = new Map<string, number[]>([...objectives.keys()].map((name) => [name, []]));
    for (let index = 0; index < paths; index++) {
      const job = { kind: "genome", index, genome: genome(index), toTheEnd: true } as const;
      const { outcome } = await playJob(player, job);
      if (outcome.kind === "invalid") throw errorOf(outcome.error);
      const [first] = outcome.also ?? [];
      if (first !== undefined) {
        ruined.push(index + 1);
        summary ??= `${first.condition}: ${first.evidence.summary}`;
      }
      for (const [name, one] of objectives) measured.get(name)?.push(valueOf(name, one, readings.of(name), values));
    }
    return {
      paths,
      ruined,
      ...(summary === undefined ? {} : { summary }),
      objectives: Object.fromEntries(measured),
      ...about,
    };
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}

interface Reading {
  readonly start: number;
  readonly end: number;
}

/** What the objectives of a world read last. Runs are played one after the other, so the last block judged is that of the present one. */
class Readings {
  readonly #last = new Map<string, Reading>();
  /** They hold always; they are there to be read in every block. */
  readonly conditions: Scenario["conditions"];

  constructor(objectives: ReadonlyMap<string, Objective>) {
    this.conditions = [...objectives].map(([name, { reads = constant(NaN) }]) =>
      defineCondition<undefined, number>({
        id: `objective ${name}`,
        observe: () => reads,
        judge: ({ reading, start }) => {
          this.#last.set(name, { start, end: reading });
          return undefined;
        },
      }),
    );
  }

  of(name: string): Reading {
    return this.#last.get(name) ?? { start: NaN, end: NaN };
  }
}

function valueOf(name: string, { of }: Objective, reading: Reading, values: ParameterValues): number {
  const value: unknown = of === undefined ? reading.end : computed(name, of, { values, ...reading });
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new SiegeError("OBJECTIVE_FAILED", {
    message: `The objective "${name}" is ${shown(value)}${of === undefined ? "" : ` where it read ${reading.end}`}.`,
    hint: "It must be a finite number at the end of every path: of a price or a ratio that may not exist, return a number that stands for it.",
  });
}

function computed(name: string, of: NonNullable<Objective["of"]>, context: Parameters<typeof of>[0]): unknown {
  try {
    return of(context);
  } catch (error) {
    throw new SiegeError("OBJECTIVE_FAILED", {
      message: `The objective "${name}" threw ${error instanceof Error ? error.message : String(error)}.`,
      hint: "It must have an answer for every path and for every value of the ranges.",
      cause: error,
    });
  }
}
