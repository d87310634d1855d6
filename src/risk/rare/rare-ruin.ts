import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { ParameterValue } from "../../engine/world/parameters/parameter-value.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Randomness } from "../ruin/randomness.js";
import type { ScoreContext } from "./chain-branches.js";
import type { RareRuinOptions } from "./rare-ruin-options.js";
import type { Pilot, TreeProbability } from "./tree-splitting.js";

import { interruptionBy, requireHolding } from "../../engine/campaign/campaign.js";
import { DEFAULT_SEED } from "../../engine/campaign/defaults.js";
import { stopWhen } from "../../engine/campaign/stop.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { randomnessOf } from "../ruin/randomness.js";

import { ChainBranches, RUINED } from "./chain-branches.js";
import { requireBranchable, requireRareRuin } from "./rare-ruin-options.js";
import { grownTree, placedLevels, requireTrees, Trees } from "./tree-splitting.js";

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
  /** What the branches differ in. */
  readonly randomness: Randomness;
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
  const { score = leastMargin, trees, pilots, confidence, seed = DEFAULT_SEED } = options;
  const given = Object.entries({ trees, pilots, confidence }).filter(([, value]) => value !== undefined);
  const plan = requireTrees(scenario, { target: RUINED, seed, ...Object.fromEntries(given) });
  const limits = { clock, timeLimit: options.timeLimit, signal: options.signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  try {
    requireBranchable(world);
    requireHolding(world);
    const checkpoint = stopWhen(limits);
    const chain = new ChainBranches(world, seed, score, checkpoint);
    const grown = new Trees(plan.confidence);
    let pilot: Pilot = { levels: [], blocks: 0 };
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
        randomness: randomnessOf(world),
        cost: {
          blocks: probability.blocks.all + chain.playedAgain,
          again: chain.playedAgain,
          seconds: (clock() - startedAt) / 1000,
        },
      };
    };
    try {
      pilot = await placedLevels(chain, plan);
      for (let tree = 0; tree < plan.trees; tree++) {
        grown.add(await grownTree(chain, plan, pilot.levels, tree));
        options.progress?.(tree + 1);
      }
      return { kind: "estimated", ...result() };
    } catch (error) {
      const cut = interruptionBy(error, undefined);
      if (cut === undefined) throw error;
      return { kind: "incomplete", ...cut, ...result() };
    }
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}

function leastMargin({ margin }: ScoreContext): number {
  if (margin !== undefined) return -margin;
  throw new SiegeError("INVALID_OPTION", {
    message: "rareRuin: no condition of the scenario tells how far it is from broken.",
    hint: "Say it: score: ({ view, blocksLeft }) => …; or give a condition a margin.",
  });
}
