import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Explored } from "../../engine/search/spent.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { World } from "../../engine/world/world.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { ContagionOptions, ContagionPlan } from "./contagion-options.js";
import type { ContagionEdge } from "./contagion-result.js";
import type { Exposure } from "./exposures.js";
import type { LossesTable } from "./losses-table.js";

import { Stop, stopWhen } from "../../engine/campaign/stop.js";
import { Player } from "../../engine/run/player.js";
import { giveBack } from "../../engine/world/give-back.js";
import { openWorld } from "../../engine/world/world.js";
import { pathSource } from "../ruin/path-source.js";
import { PathsFile } from "../ruin/paths-file.js";
import { Paths } from "../ruin/paths.js";

import { reproduceEdges } from "./edges.js";
import { lossConditions } from "./loss-conditions.js";
import { lossesTable } from "./losses-table.js";
import { refusedCalls } from "./refused-calls.js";
import { shockedPath, withShocks } from "./shock-events.js";

/** What was played. */
export interface PlayedContagion {
  readonly target: string;
  readonly forkBlock: number;
  readonly isFork: boolean;
  readonly explored: Explored;
  readonly table: LossesTable;
  /** By protocol: the calls of its shock that reverted. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
  readonly edges: readonly ContagionEdge[];
  readonly cut?: Interruption["reason"];
}

/** What to play, and how. */
interface ContagionRuns extends Pick<ContagionOptions, "lanes" | "executor" | "resume" | "timeLimit" | "signal"> {
  readonly plan: ContagionPlan;
  readonly protocols: readonly string[];
  /** The protocols that fail in each variant. */
  readonly variants: readonly (readonly string[])[];
  /** The edges to reproduce once all is played, most important first; empty for none. */
  readonly edgesIn: (table: LossesTable) => readonly Exposure[];
  readonly progress: (played: number) => void;
}

/**
 * Plays every path in all variants, on lanes, one after the other, so that what is stopped has complete paths. Variants of a path differ in
 * nothing but the shocks: prices, faults and policies draw the same numbers.
 *
 * @throws SiegeError of policy `user`; a fault of the chain, which is no value: the file of paths keeps what was played
 */
export async function playContagion(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  runs: ContagionRuns,
): Promise<PlayedContagion> {
  const { plan, protocols, variants, lanes = "auto", executor = "batched", resume } = runs;
  const limits = { clock: environment.clock, timeLimit: runs.timeLimit, signal: runs.signal };
  const checkpoint = stopWhen(limits);
  const shocked = { ...withShocks(scenario), conditions: lossConditions(protocols, plan.tolerance) };
  const world = await openWorld({ ...environment, checkpoint }, target, shocked);
  const player = new Player(world, checkpoint);
  const unshocked = pathSource(world, plan.seed);
  const genome = (run: number) =>
    shockedPath(unshocked(Math.floor(run / variants.length)), scenario, {
      shocked: new Set(variants[run % variants.length]),
      at: plan.at,
    });
  const paths = new Paths({ player, checkpoint, environment, lanes, executor, genome });
  const wanted = plan.paths * variants.length;
  let refused: ReadonlyMap<string, readonly string[]> = new Map();
  const edges: ContagionEdge[] = [];
  let cut: Interruption["reason"] | undefined;
  let isFaulty = true;
  try {
    await world.chain.requireSameUpstream();
    refused = await refusedCalls(player, scenario, variants, genome);
    const file = await PathsFile.open(environment.projectRoot, resume, world, {
      seed: plan.seed,
      genome,
      with: identityOf(plan, scenario, { protocols, variants }),
    });
    let played = file.known.length;
    runs.progress(played);
    await paths.play({
      wanted,
      known: file.known,
      finished: (path) => {
        file.add(path);
        runs.progress(++played);
      },
      restarted: () => {
        file.restart();
        played = 0;
      },
      isEnough: () => false,
    });
    await world.chain.requireSameUpstream();
    const table = tableOf(paths, runs);
    const tools = { player, checkpoint, environment, paths, seed: plan.seed, genome };
    await reproduceEdges(tools, runs.edgesIn(table), { table, variants, protocols, found: edges });
    isFaulty = false;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    isFaulty = false;
    cut = error.reason;
  } finally {
    await giveBack(world, paths, isFaulty);
  }
  return {
    ...aboutOf(world),
    explored: paths.explored,
    table: tableOf(paths, runs),
    refused,
    edges,
    ...(cut === undefined ? {} : { cut }),
  };
}

function tableOf(paths: Paths, { variants, protocols }: Pick<ContagionRuns, "variants" | "protocols">): LossesTable {
  return lossesTable(paths.ruined, { played: paths.played, variants: variants.length, protocols });
}

function aboutOf({ target, forkBlock, isFork }: World): Pick<PlayedContagion, "target" | "forkBlock" | "isFork"> {
  return { target: target.name, forkBlock, isFork };
}

/** What runs depend on besides the scenario. */
function identityOf(
  { at, tolerance }: ContagionPlan,
  { shocks }: Scenario,
  design: Pick<ContagionRuns, "variants" | "protocols">,
): object {
  const described = [...shocks].map(([protocol, { calls, as, agents, prices }]) => [
    protocol,
    calls.map(({ to, function: { name }, args, value }) => ({ to, name, args, value })),
    as,
    [...agents.keys()],
    prices,
  ]);
  return { at, tolerance, ...design, shocks: described };
}
