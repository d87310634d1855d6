import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { Genome } from "../../engine/events/genome.js";
import type { Lanes } from "../../engine/search/lanes/lanes.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { ParameterValue } from "../../engine/world/parameters/parameter-value.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { MinimisedPaths } from "../ruin/minimise-paths.js";
import type { PathViolation } from "../ruin/path-end.js";
import type { Randomness } from "../ruin/randomness.js";
import type { ScoreContext } from "./chain-branches.js";
import type { RareRuinOptions } from "./rare-ruin-options.js";
import type { Pilot, TreeProbability } from "./tree-splitting.js";

import { interruptionBy, requireHolding } from "../../engine/campaign/campaign.js";
import { DEFAULT_SEED } from "../../engine/campaign/defaults.js";
import { stopWhen } from "../../engine/campaign/stop.js";
import { Player } from "../../engine/run/player.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { minimisePaths } from "../ruin/minimise-paths.js";
import { pathViolations } from "../ruin/path-end.js";
import { randomnessOf } from "../ruin/randomness.js";

import { RUINED } from "./chain-branches.js";
import { growTrees } from "./grow-trees.js";
import { requireBranchable, requireRareRuin } from "./rare-ruin-options.js";
import { requireTrees, Trees } from "./tree-splitting.js";

/** A branch that reached ruin, as a path from the start. Plain data. */
export interface RareRuinedPath {
  /** Which, counted from 1. The same for every number of lanes, with the same scenario and seed. */
  readonly path: number;
  /** Which tree it is of, counted from 1. */
  readonly tree: number;
  /** The first block after which a condition did not hold. */
  readonly block: number;
  /** The violations after it. At least one. */
  readonly violations: readonly PathViolation[];
}

interface RareRuinBase {
  readonly scenario: string;
  readonly target: string;
  /** The parameters that it set, before the first block; absent if it set none. */
  readonly parameters?: readonly ParameterValue[];
  readonly seed: number;
  /** The block of the connection when it began. */
  readonly forkBlock: number;
  /** The horizon: blocks per path. */
  readonly blocks: number;
  /** Seconds between them. */
  readonly blockTime: number;
  /** The probability that a condition does not hold after some block of the horizon. */
  readonly probability: TreeProbability;
  /** How many trees were asked for. */
  readonly wanted: number;
  /** The paths that reached ruin, in the order of their trees and branches. Each counts with the weight of its branch. */
  readonly ruined: readonly RareRuinedPath[];
  /** What the branches differ in. */
  readonly randomness: Randomness;
  /** What was minimised, one finding for a path. Empty unless it was asked for. */
  readonly findings: readonly Finding[];
  /** Of the paths that were to be minimised, those that were not ruined again: their policies draw at random. */
  readonly unconfirmed: readonly number[];
  readonly cost: {
    /** Blocks that were executed, those of the pilot and those that were played again included. */
    readonly blocks: number;
    /** Those of them that were played again, because their snapshot was gone. */
    readonly again: number;
    readonly seconds: number;
  };
}

/** What `siege.rareRuin` returns; `incomplete` with the trees that were finished. Plain data, but for the error of an interruption. */
export type RareRuinResult =
  (RareRuinBase & { readonly kind: "estimated" }) | (RareRuinBase & Interruption & { readonly kind: "incomplete" });

/** With fewer trees than these, of equal weight, the error of the probability is itself a guess. */
export const FEWEST_EFFECTIVE_TREES = 20;

/**
 * Estimates how likely a rare ruin is, by splitting the chain itself: see {@link treeSplitting}.
 *
 * @throws SiegeError of policy `user` if the target, the scenario or an option is wrong. Faults of the chain end in an `incomplete`
 * result that keeps the trees that were finished.
 */
export async function estimateRareRuin(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  options: RareRuinOptions = {},
): Promise<RareRuinResult> {
  requireRareRuin(options);
  const { clock } = environment;
  const startedAt = clock();
  const { score = leastMargin, trees, pilots, confidence, minimise = 0, seed = DEFAULT_SEED } = options;
  const given = Object.entries({ trees, pilots, confidence }).filter(([, value]) => value !== undefined);
  const plan = requireTrees(scenario, { target: RUINED, seed, ...Object.fromEntries(given) });
  const limits = { clock, timeLimit: options.timeLimit, signal: options.signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  try {
    requireBranchable(world);
    requireHolding(world);
    const checkpoint = stopWhen(limits);
    const player = new Player(world, checkpoint);
    const minimised: MinimisedPaths = { findings: [], unconfirmed: [] };
    let grown = new Trees(plan.confidence);
    let pilot: Pilot = { levels: [], blocks: 0 };
    let again = 0;
    let ruined: RareRuinedPath[] = [];
    /** Those that are minimised, if they are wanted. */
    let genomes: Genome[] = [];
    let counted = 0;
    const finished = new Set<number>();
    const result = (): RareRuinBase => {
      const probability = grown.probability(pilot);
      return {
        scenario: scenario.name,
        target: target.name,
        ...(world.parameters.length === 0 ? {} : { parameters: world.parameters }),
        seed,
        forkBlock: world.forkBlock,
        blocks: scenario.blocks,
        blockTime: scenario.blockTime,
        probability,
        wanted: plan.trees,
        ruined,
        randomness: randomnessOf(world),
        findings: minimised.findings,
        unconfirmed: minimised.unconfirmed,
        cost: {
          blocks: probability.blocks.all + again,
          again,
          seconds: (clock() - startedAt) / 1000,
        },
      };
    };
    let lanes: Lanes | undefined;
    try {
      lanes = await growTrees({
        player,
        environment,
        plan,
        score,
        checkpoint,
        lanes: options.lanes ?? "auto",
        executor: options.executor ?? "batched",
        growth: {
          begun: () => {
            grown = new Trees(plan.confidence);
            [pilot, again, counted, ruined, genomes] = [{ levels: [], blocks: 0 }, 0, 0, [], []];
          },
          placed: (placed, playedAgain) => {
            pilot = placed;
            again = playedAgain;
          },
          finished: (tree) => {
            // what grows anew is not told again
            if (finished.has(tree)) return;
            finished.add(tree);
            options.progress?.(finished.size);
          },
          grown: (tree, branches) => {
            grown.add(tree);
            counted += 1;
            for (const { genome, violations } of branches) {
              const path = ruined.length + 1;
              if (path <= minimise) genomes.push(genome);
              ruined.push({ path, tree: counted, block: genome.blocks, violations: pathViolations(violations) });
            }
          },
        },
      });
      const paths = { lanesInRunner: async () => inRunner(lanes), minimiseAsTransactions: () => undefined };
      const genomeOf = (index: number): Genome => {
        const genome = genomes[index];
        if (genome === undefined) throw new RangeError(`No genome of path ${String(index + 1)} was kept.`);
        return genome;
      };
      await minimisePaths(
        { player, checkpoint, environment, paths, seed, genome: genomeOf },
        ruined.slice(0, minimise),
        minimised,
      );
      return { kind: "estimated", ...result() };
    } catch (error) {
      const cut = interruptionBy(error, undefined);
      if (cut === undefined) throw error;
      return { kind: "incomplete", ...cut, ...result() };
    } finally {
      await lanes?.close().catch(() => undefined);
    }
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}

/** Lanes on which the minimiser may try its candidates. */
function inRunner(lanes: Lanes | undefined): Lanes | undefined {
  return lanes?.worlds.every(({ executor }) => executor.kind === "solidity") === true ? lanes : undefined;
}

function leastMargin({ margin }: ScoreContext): number {
  if (margin !== undefined) return -margin;
  throw new SiegeError("INVALID_OPTION", {
    message: "rareRuin: no condition of the scenario tells how far it is from broken.",
    hint: "Say it: score: ({ view, blocksLeft }) => …; or give a condition a margin.",
  });
}
