import type { Address } from "viem";

import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Genome } from "../events/genome.js";
import type { Trace } from "../events/trace.js";
import type { Reproduction } from "../reproduction/reproduction.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { DiffSide } from "./diff-result.js";
import type { RunLog } from "./run-log.js";

import { requireHolding } from "../campaign/campaign.js";
import { movedTrace } from "../campaign/regressions.js";
import { Stop } from "../campaign/stop.js";
import { kindsOf } from "../events/kinds.js";
import { withoutReactions } from "../events/trace.js";
import { Player } from "../run/player.js";
import { genomeSource } from "../search/genome-source.js";
import { openWorld } from "../world/world.js";

import { playLogged } from "./run-log.js";

/** What is played on a side. */
export interface SidePlan {
  readonly seed: number;
  readonly runs: number;
  /** The genomes of the other side, if it has been played. */
  readonly genomes?: readonly Genome[];
  readonly reproductions: readonly Reproduction[];
  /** Runs of the other side whose calls are played as they are. */
  readonly retold?: readonly ToldRun[];
  /** Called before every run and every block; throws to stop. */
  readonly checkpoint: () => void;
}

/** The calls of a run on the other side. */
export interface ToldRun {
  /** The run's index. */
  readonly index: number;
  readonly trace: Trace;
  /** The target on that side. */
  readonly from: Address;
}

/** What was played on a side. */
export interface PlayedSide {
  readonly side: DiffSide;
  readonly target: Address;
  readonly genomes: readonly Genome[];
  readonly runs: readonly RunLog[];
  /** Of the saved reproductions; `undefined` for one with an agent or an event that the scenario does not have. */
  readonly reproductions: readonly (RunLog | undefined)[];
  /** Of the other side's runs whose calls were played, by the run's index. */
  readonly retold: ReadonlyMap<number, RunLog>;
  readonly cut: "time limit" | "interrupted" | undefined;
}

/**
 * Plays the runs of a seed and saved reproductions on one side, one transaction per call. The connection is left as it was.
 *
 * @throws SiegeError `BROKEN_AT_START`, and faults of the chain: a run without a verdict cannot be compared
 */
export async function playSide(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  { seed, runs, genomes, reproductions, retold = [], checkpoint }: SidePlan,
): Promise<PlayedSide> {
  const world = await openWorld({ ...environment, checkpoint }, target, scenario);
  try {
    requireHolding(world);
    const player = new Player(world, checkpoint);
    const kinds = kindsOf(world);
    const draw = genomeSource(world, seed);
    const played: { runs: RunLog[]; genomes: Genome[]; reproductions: (RunLog | undefined)[] } = {
      runs: [],
      genomes: [],
      reproductions: [],
    };
    const told = new Map<number, RunLog>();
    const tell = async (trace: Trace, from: Address): Promise<RunLog | undefined> => {
      const isPlayable = trace.steps.every(
        (step) => kinds.has(step.kind) && kinds.of(step).moves?.isThere(step, scenario) !== false,
      );
      if (!isPlayable) return undefined;
      const moved = movedTrace(trace, { from, to: target.address }, kinds);
      return playLogged(player, (watcher, aim) => player.trace(moved, watcher, aim));
    };
    let cut: PlayedSide["cut"];
    try {
      for (const { finding, target: saved } of reproductions) {
        played.reproductions.push(await tell(finding.trace, saved.address));
      }
      for (let index = 0; index < (genomes?.length ?? runs); index++) {
        const genome = genomes?.[index] ?? draw(index);
        played.runs.push(await playLogged(player, (watcher, aim) => player.genome(genome, watcher, aim)));
        played.genomes.push(genome);
      }
      for (const { index, trace, from } of retold) {
        const log = await tell(withoutReactions(trace), from);
        if (log !== undefined) told.set(index, log);
      }
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      cut = error.reason;
    }
    const { parameters, forkBlock } = world;
    const set = parameters.length === 0 ? {} : { parameters };
    const side = { target: target.name, scenario: scenario.name, ...set, forkBlock };
    return { side, target: target.address, ...played, retold: told, cut };
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}
