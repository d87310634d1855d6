import type { Genome } from "../../engine/events/genome.js";
import type { Player } from "../../engine/run/player.js";
import type { SearchEnvironment } from "../../engine/search/campaign-search.js";
import type { World } from "../../engine/world/world.js";
import type { OnLanes } from "../on-lanes.js";
import type { GrownTree } from "./branching-tree.js";
import type { ChainScore, RuinedBranch } from "./chain-branches.js";
import type { Pilot, TreeSplittingOptions } from "./tree-splitting.js";

import { availableParallelism } from "node:os";

import { faultOf } from "../../engine/run/fault.js";
import { LANE_LIFE } from "../../engine/search/lanes/crew.js";
import { disagreementOn } from "../../engine/search/lanes/disagreement.js";
import { Lanes } from "../../engine/search/lanes/lanes.js";
import { onlyAsTransactions } from "../../engine/search/lanes/only-as-transactions.js";
import { pathSource } from "../ruin/path-source.js";

import { ChainBranches } from "./chain-branches.js";
import { grownTree, placedLevels } from "./tree-splitting.js";

/** Trees after which lanes are compared with the connection. */
const GENERATION = 32;

/** Snapshots on the way to a block are calls inside each other in the Solidity test runner, of which the EVM allows 1,024. */
const MOST_IN_RUNNER = 256;

/** What trees grow on. */
interface Growing extends OnLanes {
  /** Plays on the user's connection. */
  readonly player: Player;
  readonly environment: SearchEnvironment;
  readonly plan: Required<TreeSplittingOptions>;
  readonly score: ChainScore;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
  readonly growth: Growth;
}

/** What has grown so far. */
export interface Growth {
  /** Called when it begins, and when it begins anew because lanes were found to differ from the connection. */
  readonly begun: () => void;
  /** Called when the levels are placed. */
  readonly placed: (pilot: Pilot, playedAgain: number) => void;
  /** Called with the number of a tree, counted from 0, when it is finished. */
  readonly finished: (tree: number) => void;
  /** Called with each tree that counts, in their order, and the paths in it that were ruined. */
  readonly grown: (tree: GrownTree, ruined: readonly RuinedBranch[]) => void;
}

type Kind = Lanes["rules"]["executor"];

/**
 * Grows trees on lanes, each of which branches a private fork: in the Solidity test runner, or as batches. A path and the first ruined
 * branch of each cause are played on the connection, too; where they differ, or a lane has a fault, all trees grow anew on lanes of
 * the next kind, at last on the connection.
 *
 * @returns the lanes on which they have grown, still open; `undefined` if it was the connection
 * @throws what stops it, and faults of the connection
 */
export async function growTrees(growing: Growing): Promise<Lanes | undefined> {
  for (const kind of kindsFor(growing)) {
    const { player, environment } = growing;
    const { hardfork, openNetwork, openChannel } = environment;
    const lanes = await Lanes.of(player.world, { hardfork, openNetwork, openChannel, executor: kind });
    let isSame = false;
    try {
      isSame = lanes.rules.executor === kind && (await haveGrown(growing, lanes));
    } catch (error) {
      // what a lane cannot do, others may
      if (faultOf(error) === undefined) throw error;
    } finally {
      if (!isSame) await lanes.close().catch(() => undefined);
    }
    if (isSame) return lanes;
  }
  await grown(growing, [growing.player.world]);
  await growing.player.world.restore();
  return undefined;
}

function kindsFor({ executor, player, environment }: Growing): readonly Kind[] {
  const { world } = player;
  if (executor === "faithful" || onlyAsTransactions(world)) return [];
  const isInRunner = environment.openChannel !== undefined && world.scenario.blocks < MOST_IN_RUNNER;
  return isInRunner ? ["solidity", "batched"] : ["batched"];
}

/** @returns whether they do what the connection does */
async function haveGrown(growing: Growing, lanes: Lanes): Promise<boolean> {
  const { player, plan, checkpoint } = growing;
  const kind = lanes.rules.executor;
  const genome = pathSource(player.world, plan.seed)(0);
  const isSame = async (run: number, of: typeof genome): Promise<boolean> => {
    const disagreement = await disagreementOn(lanes, player, { genome: of, run, checkpoint });
    return disagreement === undefined && lanes.rules.executor === kind;
  };
  if (!(await isSame(1, genome))) return false;
  const size = growing.lanes === "auto" ? availableParallelism() : growing.lanes;
  while (lanes.worlds.length < Math.min(size, plan.trees)) await lanes.add();
  const compared = new Set<string>();
  let count = 0;
  return grown(growing, lanes.worlds, {
    renew: (world) => lanes.renew(world),
    news: (ruined) =>
      ruined.flatMap(({ genome: whole, violations: [first] }): Suspect[] => {
        count += 1;
        if (first === undefined || compared.has(first.cause)) return [];
        compared.add(first.cause);
        return [{ path: count, genome: whole, cause: first.cause }];
      }),
    isConfirmed: async ({ path, genome: whole, cause }) => {
      if (!(await isSame(path, whole))) return false;
      const outcome = await player.genome(whole);
      return outcome.kind === "violation" && outcome.violation.cause === cause;
    },
  });
}

/** A ruined path of a cause that was not compared. */
interface Suspect {
  /** Counted from 1. */
  readonly path: number;
  readonly genome: Genome;
  readonly cause: string;
}

/** How lanes are looked after. */
interface Care {
  /** Replaces a lane that is worn out. */
  readonly renew: (world: World) => Promise<World>;
  /** The ruined paths that are to be played on the connection, too. */
  readonly news: (ruined: readonly RuinedBranch[]) => readonly Suspect[];
  /** Whether one is ruined there as well. Lanes are at their base. */
  readonly isConfirmed: (suspect: Suspect) => Promise<boolean>;
}

/** A lane with the chain that branches it. */
interface Garden {
  world: World;
  chain: ChainBranches;
  /** Blocks that the lane has executed. */
  age: number;
}

type Tree = Parameters<Growth["grown"]>;

async function grown(growing: Growing, worlds: readonly World[], care?: Care): Promise<boolean> {
  const { plan, score, checkpoint, growth } = growing;
  const chainOn = (world: World) => new ChainBranches(world, plan.seed, score, checkpoint);
  growth.begun();
  const gardens: readonly Garden[] = worlds.map((world) => ({ world, chain: chainOn(world), age: 0 }));
  const [first] = gardens;
  if (first === undefined) return false;
  const pilot = await placedLevels(first.chain, plan);
  growth.placed(pilot, first.chain.playedAgain);
  first.chain.takeRuined();
  first.age = pilot.blocks;
  const treeOn = async (garden: Garden, index: number): Promise<Tree> => {
    if (care !== undefined && garden.age >= LANE_LIFE) {
      garden.world = await care.renew(garden.world);
      garden.chain = chainOn(garden.world);
      garden.age = 0;
    }
    const tree = await grownTree(garden.chain, plan, pilot.levels, index);
    garden.age += tree.blocks;
    growth.finished(index);
    return [tree, garden.chain.takeRuined()];
  };
  for (let begin = 0; begin < plan.trees; begin += GENERATION) {
    const end = Math.min(plan.trees, begin + GENERATION);
    const { trees, fault } = await generation(gardens, { begin, end, treeOn });
    const suspects = care?.news(trees.flatMap(([, ruined]) => ruined)) ?? [];
    if (fault === undefined && suspects.length > 0) {
      for (const garden of gardens) {
        await garden.world.restore();
        garden.chain = chainOn(garden.world);
      }
      for (const suspect of suspects) if (!((await care?.isConfirmed(suspect)) ?? true)) return false;
    }
    for (const tree of trees) growth.grown(...tree);
    if (fault !== undefined) throw fault.error;
  }
  return true;
}

/** Some trees in their order, up to the first that is missing because of a fault. */
async function generation(
  gardens: readonly Garden[],
  {
    begin,
    end,
    treeOn,
  }: {
    readonly begin: number;
    readonly end: number;
    readonly treeOn: (garden: Garden, index: number) => Promise<Tree>;
  },
): Promise<{ readonly trees: readonly Tree[]; readonly fault: { readonly error: unknown } | undefined }> {
  const found: (Tree | undefined)[] = [];
  const faults: { readonly index: number; readonly error: unknown }[] = [];
  let next = begin;
  await Promise.all(
    gardens.map(async (garden) => {
      while (next < end && faults.length === 0) {
        const index = next++;
        try {
          found[index - begin] = await treeOn(garden, index);
        } catch (error) {
          faults.push({ index, error });
        }
      }
    }),
  );
  const [fault] = faults.sort((one, other) => one.index - other.index);
  return { trees: found.slice(0, (fault?.index ?? end) - begin).filter((tree) => tree !== undefined), fault };
}
