import type { Genome } from "../../engine/events/genome.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { OnLanes } from "../on-lanes.js";
import type { GreeksPlan } from "./greeks-options.js";

import { stopWhen } from "../../engine/campaign/stop.js";
import { Player } from "../../engine/run/player.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { playIndependent } from "../independent-runs.js";
import { pathSource } from "../ruin/path-source.js";

import { outputName, probed } from "./probe.js";

/** The output of one path. */
export interface PathOutput {
  /** At the horizon. */
  readonly end: number;
  /** One block before it. */
  readonly before: number;
}

/** What was played. */
export interface PlayedOn {
  /** The target's name. */
  readonly target: string;
  readonly forkBlock: number;
}

/** What is played on one world. */
export interface Variants {
  /** How each variant changes a path, by its key. */
  readonly genomes: ReadonlyMap<string, (genome: Genome) => Genome>;
  /** How the world's scenario differs. */
  readonly change?: Partial<Scenario>;
  /** Called with the outputs of each variant, once all of its paths are played. */
  readonly complete: (key: string, outputs: readonly PathOutput[], on: PlayedOn) => void;
  readonly played: () => void;
}

const UNCHANGED: readonly [key: string, change: (genome: Genome) => Genome] = ["", (genome) => genome];

/** Bounds on the time that it takes. */
export interface Limits {
  readonly timeLimit: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Plays all paths in each variant on the real contracts. The paths depend on seed and index alone, so that variants differ in nothing
 * but what they change.
 *
 * @throws Stop; SiegeError `INCONCLUSIVE` where the output cannot be told; a fault of the chain, which is no value
 */
export async function playVariants(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  {
    plan,
    variants,
    limits,
    on,
  }: { readonly plan: GreeksPlan; readonly variants: Variants; readonly limits: Limits; readonly on: OnLanes },
): Promise<void> {
  const probe = probed({ ...scenario, ...variants.change }, target, plan.output);
  const stopping = { clock: environment.clock, ...limits };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(stopping) }, target, probe.scenario);
  try {
    const checkpoint = stopWhen(stopping);
    const genomeAt = pathSource(world, plan.seed);
    const variantsIn = [...variants.genomes];
    // all paths of a variant, then all of the next
    const variantOf = (run: number) => variantsIn[Math.floor(run / plan.paths)] ?? UNCHANGED;
    let outputs: PathOutput[] = [];
    await playIndependent<PathOutput>({
      ...on,
      player: new Player(world, checkpoint),
      checkpoint,
      environment,
      runs: variantsIn.length * plan.paths,
      job: (run) => {
        const [, change] = variantOf(run);
        return { genome: change(genomeAt(run % plan.paths)), series: probe.series, toTheEnd: true };
      },
      measure: ({ series = [] }) => outputOf(series, plan),
      size: ({ end }) => end,
      counts: (output, run) => {
        outputs.push(output);
        if (outputs.length < plan.paths) return;
        variants.complete(variantOf(run)[0], outputs, { target: target.name, forkBlock: world.forkBlock });
        outputs = [];
      },
      played: variants.played,
    });
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}

function outputOf(values: readonly (number | undefined)[], { output }: GreeksPlan): PathOutput {
  const told = values.filter((value) => value !== undefined);
  // of a margin, the blocks in which there was nothing to judge are left out
  const at = (blocks: readonly (number | undefined)[]): number | undefined => {
    if (!("margin" in output)) return blocks.at(-1);
    const margins = blocks.filter((value) => value !== undefined);
    return margins.length === 0 ? undefined : Math.min(...margins);
  };
  const [end, before] = [at(values), at(values.slice(0, -1))];
  if (end !== undefined) return { end, before: before ?? end };
  throw new SiegeError("INCONCLUSIVE", {
    message: `The ${outputName(output)} could not be told at the end of a path${told.length === 0 ? "" : ", though earlier"}.`,
    hint:
      "margin" in output
        ? "The condition has no margin, or nobody had anything to judge: use another condition, or read a number."
        : "What is read reverts there, or returns nothing: read another number.",
  });
}
