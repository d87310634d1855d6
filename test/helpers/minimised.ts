import type { OpenLaneChannel } from "../../src/engine/chain/solidity-lane/channel.js";
import type { Found } from "../../src/engine/search/found.js";
import type { Explored } from "../../src/engine/search/spent.js";
import type { CampaignEnvironment } from "../../src/engine/world/campaign-environment.js";
import type { World } from "../../src/engine/world/world.js";
import type { ScenarioDefinition } from "../../src/scenario/scenario.js";
import type { Finding } from "../../src/types.js";
import type { Fixture } from "../fixtures/fixture.js";
import type { SiegeFork } from "./siege-fork.js";

import { Case } from "../../src/engine/campaign/case.js";
import { Trials } from "../../src/engine/campaign/trials.js";
import { Answers } from "../../src/engine/outsider/answers.js";
import { Player } from "../../src/engine/run/player.js";
import { CampaignSearch } from "../../src/engine/search/campaign-search.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { openWorld } from "../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";

/** A finding that was minimised, and how. */
export interface Minimised {
  /** Without its file. */
  readonly finding: Omit<Finding, "reproduction">;
  readonly explored: Explored;
  /** Runs and blocks played to get there, and commands sent to lanes. */
  readonly runs: number;
  readonly blocks: number;
  readonly commands: number;
}

/**
 * Minimises what a run found, as a campaign does, from a fresh world.
 *
 * @param lanes - how many there may be in the Solidity test runner; 0: none, as on Windows
 */
export async function minimised(
  fork: SiegeFork,
  target: Fixture,
  scenario: ScenarioDefinition,
  options: {
    readonly lanes: number;
    readonly found: (player: Player) => Promise<Found>;
    /** The command at which a lane ends. Default: none does. */
    readonly endsAt?: number;
  },
): Promise<Minimised> {
  const { connection, reproductions } = fork;
  const { lanes, found, endsAt } = options;
  let commands = 0;
  const openChannel: OpenLaneChannel = async (parameters) => {
    const channel = await openLaneChannel(parameters);
    return {
      ask: (command) => {
        commands += 1;
        if (commands === endsAt) void channel.close();
        return channel.ask(command);
      },
      close: () => channel.close(),
    };
  };
  const environment: CampaignEnvironment = {
    provider: connection.provider,
    impersonated: new Set(),
    intervalMining: 0,
    hardfork: "osaka",
    openNetwork: openHermeticNetwork,
    ...(lanes === 0 ? {} : { openChannel }),
    projectRoot: reproductions,
    reproductions,
    clock: () => performance.now(),
  };
  const world: World = await openWorld(environment, target, buildScenario(scenario));
  const checkpoint = (): void => undefined;
  const player = new Player(world, checkpoint);
  const search = new CampaignSearch(player, checkpoint, environment, new Answers(player), {
    runs: 1,
    seed: 1,
    lanes: Math.max(1, lanes),
    executor: "batched",
  });
  try {
    const one = await Case.open(
      { player, environment, trials: new Trials(player, checkpoint, search) },
      await found(player),
    );
    const closed = await one.close([]);
    if (closed === undefined) throw new Error("without answers, everything counts");
    const { reproduction: _file, ...finding } = closed;
    return { finding, explored: search.explored, runs: player.count.runs, blocks: player.count.blocks, commands };
  } finally {
    await search.close();
    await world.close();
    await fork.forget();
  }
}

/** What finds the first violation of a seed. */
export function firstOf(seed: number): (player: Player) => Promise<Found> {
  return async (player) => {
    const genomeOf = genomeSource(player.world, seed);
    for (let index = 0; ; index++) {
      const genome = genomeOf(index);
      const outcome = await player.genome(genome);
      if (outcome.kind !== "violation") continue;
      const { violation, trace: original, also = [] } = outcome;
      return { violation, original, plays: "genome", also, genome, seed, run: index + 1 };
    }
  };
}
