import type { Violation } from "../../src/engine/run/outcome.js";
import type { SearchEnvironment } from "../../src/engine/search/campaign-search.js";
import type { World } from "../../src/engine/world/world.js";
import type { FixtureName } from "../peers/measures.js";
import type { GenomePlace } from "./fast-check-shrinking.js";

import { Trials } from "../../src/engine/campaign/trials.js";
import { minimiseGenome } from "../../src/engine/minimise/genome-level.js";
import { minimiseTrace } from "../../src/engine/minimise/trace-level.js";
import { Answers } from "../../src/engine/outsider/answers.js";
import { Player } from "../../src/engine/run/player.js";
import { PrefixStage } from "../../src/engine/run/stage.js";
import { CampaignSearch } from "../../src/engine/search/campaign-search.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";
import { FIXTURE_NAMES } from "../peers/measures.js";

import { shrinkWithFastCheck } from "./fast-check-shrinking.js";
import { withFixture } from "./open-fixture.js";

/** The cost of minimising a finding. */
export interface Minimising {
  /** Runs played; cached candidates are not counted. */
  readonly replays: number;
  /** Blocks mined for them. */
  readonly blocks: number;
  readonly seconds: number;
  /** Steps of the minimal trace. */
  readonly steps: number;
}

/** The same finding, minimised in two ways. */
export interface MinimisedTwice {
  readonly fixture: FixtureName;
  readonly seed: number;
  /** The run of the search that found it, from 1. */
  readonly run: number;
  /** Steps of the trace as found. */
  readonly found: number;
  /** Up to the certificate and the thresholds. */
  readonly ours: Minimising;
  readonly fastCheck: Minimising & {
    /** Whether it reached the cap on replays. */
    readonly capped: boolean;
  };
}

/** Options of {@link minimising}. */
export interface MinimisingOptions {
  /** Findings per fixture: seeds 1 to this. */
  readonly seeds: number;
  /** Replays after which fast-check is interrupted. Default 5,000. */
  readonly cap?: number;
  /** Default: all. */
  readonly fixtures?: readonly FixtureName[];
  /** Called after every finding. */
  readonly progress?: (minimised: MinimisedTwice) => void;
}

/** The most runs of a search before it is abandoned. */
const MAX_RUNS = 5_000;

/** Where a search opens lanes. */
const ENVIRONMENT: SearchEnvironment = {
  hardfork: "osaka",
  openNetwork: openHermeticNetwork,
  openChannel: openLaneChannel,
  clock: () => performance.now(),
};

/** Ours on lanes, as in a campaign; fast-check's with one transaction per call, on the connection of the finding. */
export async function minimising(options: MinimisingOptions): Promise<readonly MinimisedTwice[]> {
  const { seeds, cap = 5_000, fixtures = FIXTURE_NAMES, progress } = options;
  const all: MinimisedTwice[] = [];
  for (const fixture of fixtures) {
    for (let seed = 1; seed <= seeds; seed++) {
      // on a fork of its own: the two ways share what was read of the forked state, different seeds do not
      const minimised = await withFixture(fixture, "flawed", async (world) => {
        const finding = await firstFinding(world, seed);
        const { place, violation, found } = finding;
        const ours = await minimiseOurWay(world, place, violation);
        const fastCheck = await shrinkBestWay(world, place, violation, cap);
        return { fixture, seed, run: place.index + 1, found, ours, fastCheck };
      });
      all.push(minimised);
      progress?.(minimised);
    }
  }
  return all;
}

interface FirstFinding {
  readonly place: GenomePlace;
  readonly violation: Violation;
  readonly found: number;
}

async function firstFinding(world: World, seed: number): Promise<FirstFinding> {
  const genomeOf = genomeSource(world, seed);
  const player = new Player(world, () => undefined);
  for (let index = 0; index < MAX_RUNS; index++) {
    const outcome = await player.genome(genomeOf(index));
    if (outcome.kind !== "violation") continue;
    return { place: { seed, index }, violation: outcome.violation, found: outcome.trace.steps.length };
  }
  throw new Error(`Seed ${seed} violates nothing in ${MAX_RUNS} runs.`);
}

/** What a campaign does between the finding and its confirmation. */
async function minimiseOurWay(world: World, { seed, index }: GenomePlace, violation: Violation): Promise<Minimising> {
  const player = new Player(world, () => undefined);
  const search = new CampaignSearch(player, () => undefined, ENVIRONMENT, new Answers(player), {
    runs: 1,
    seed,
    lanes: "auto",
    executor: "batched",
  });
  try {
    // in a campaign, the search has left a lane
    await search.lanesInRunner();
    const startedAt = performance.now();
    const trials = new Trials(player, () => undefined, search);
    const { trace } = await trials.during(violation, async (trial, judge) => {
      const genome = await minimiseGenome(genomeSource(world, seed)(index), [...world.scenario.agents.keys()], trial);
      const frozen = await judge.genome(genome);
      if (frozen === undefined || (await judge.trace(frozen)) === undefined) {
        throw new Error("The smallest genome's run does not violate the condition when its trace is replayed.");
      }
      return minimiseTrace(frozen, trial, { accepted: async () => undefined, judge });
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const { runs: replays, blocks } = player.count;
    return { replays, blocks, seconds, steps: trace.steps.length };
  } finally {
    await search.close();
  }
}

/** With our snapshots and without them, whichever is faster. */
async function shrinkBestWay(
  world: World,
  place: GenomePlace,
  violation: Violation,
  cap: number,
): Promise<MinimisedTwice["fastCheck"]> {
  const stage = new PrefixStage(world);
  const resumed = await shrink(new Player(world, () => undefined, { stage }), place, violation, { cap });
  await stage.close();
  // once it takes longer, it cannot be the better one
  const plain = await shrink(new Player(world, () => undefined), place, violation, { cap, seconds: resumed.seconds });
  return plain.seconds < resumed.seconds ? plain : resumed;
}

async function shrink(
  player: Player,
  place: GenomePlace,
  violation: Violation,
  { cap, seconds: most = Infinity }: { readonly cap: number; readonly seconds?: number },
): Promise<MinimisedTwice["fastCheck"]> {
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  let capped = false;
  const steps = await shrinkWithFastCheck(player, place, violation, () => {
    capped ||= player.count.runs >= cap;
    return capped || elapsed() > most;
  });
  const { runs: replays, blocks } = player.count;
  return { replays, blocks, seconds: elapsed(), steps, capped };
}
