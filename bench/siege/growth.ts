import type { CampaignCost } from "../../src/engine/search/spent.js";
import type { MiniMainnetSource } from "../../test/mini-mainnet/fork-source.js";

import { attacker } from "../../src/agents/attacker.js";
import { spotPriceManipulation } from "../../test/fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../test/fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import { median } from "../samples.js";

/** The axis along which a campaign grows. */
export type GrowthAxis = "runs" | "blocks" | "agents" | "lanes";

/** The cost of a campaign of one size. */
export interface GrowthPoint {
  readonly axis: GrowthAxis;
  readonly value: number;
  /** Of the whole campaign, including binding, opening lanes and reading the forked state. Median, like the rest. */
  readonly seconds: number;
  readonly blocksPerSecond: number;
  readonly actionsPerSecond: number;
}

type Size = Readonly<Record<GrowthAxis, number>>;

/** The values of the other axes. */
const USUAL: Size = { runs: 50, blocks: 30, agents: 1, lanes: 1 };

const POINTS: readonly (readonly [GrowthAxis, readonly number[]])[] = [
  ["runs", [25, 50, 100, 200]],
  ["blocks", [8, 15, 30, 60]],
  ["agents", [1, 2, 4, 8]],
  ["lanes", [1, 2, 3, 4]],
];

/**
 * How the cost of a campaign that finds nothing grows.
 *
 * @param samples - per point, each on a fork of its own
 * @param progress - called after every round over all points
 */
export async function growth(samples: number, progress?: (sample: number) => void): Promise<readonly GrowthPoint[]> {
  const points = POINTS.flatMap(([axis, values]) => values.map((value) => ({ axis, value, costs: [] as Cost[] })));
  const source = await miniMainnetSource();
  try {
    // the first campaign of a process also waits for the JIT compiler
    await campaign(source, USUAL);
    for (let sample = 1; sample <= samples; sample++) {
      // in rounds, so that a slow minute of the machine affects every point
      for (const { axis, value, costs } of points) costs.push(await campaign(source, { ...USUAL, [axis]: value }));
      progress?.(sample);
    }
  } finally {
    await source.close();
  }
  return points.map(({ axis, value, costs }) => ({
    axis,
    value,
    seconds: median(costs.map(({ seconds }) => seconds)),
    blocksPerSecond: median(costs.map(({ blocks, seconds }) => blocks / seconds)),
    actionsPerSecond: median(costs.map(({ actions, seconds }) => actions / seconds)),
  }));
}

type Cost = Pick<CampaignCost, "seconds" | "blocks" | "actions">;

async function campaign(source: MiniMainnetSource, { runs, blocks, agents, lanes }: Size): Promise<Cost> {
  const fork = await createSiegeFork(source);
  try {
    const vault = await deploySpotLendingVault(fork, "fixed");
    const { siege } = fork.connection;
    const scenario = siege.scenario({
      ...spotPriceManipulation(fork),
      blocks,
      // each with the capital of the fixture's single attacker
      agents: Array.from({ length: agents }, (_, index) =>
        attacker({ name: `attacker ${index + 1}`, capital: { USDC: 6_000_000, ETH: 500 } }),
      ),
    });
    const startedAt = performance.now();
    const { kind, explored, cost } = await siege.run(vault, scenario, { runs, lanes, executor: "batched", seed: 1 });
    const seconds = (performance.now() - startedAt) / 1000;
    if (kind !== "survived" || explored.executor !== "batched") {
      throw new Error(`Not a surviving batched campaign: ${kind}, ${explored.executor}.`);
    }
    return { seconds, blocks: cost.blocks, actions: cost.calls };
  } finally {
    await fork.close();
  }
}
