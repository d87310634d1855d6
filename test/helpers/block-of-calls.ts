import type { Abi, Address } from "viem";

import type { World } from "../../src/engine/world/world.js";
import type { ActionResult } from "../../src/view/view.js";
import type { SiegeFork } from "./siege-fork.js";

import { defineAgent } from "../../src/agents/agent.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { Player } from "../../src/engine/run/player.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";
import { call } from "../../src/protocols/call.js";
import { constant } from "../../src/protocols/read-plan.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";

/** A call of a block; those with higher tips come first. */
export interface CallOfBlock {
  /** The agent that makes it. */
  readonly agent: string;
  readonly functionName: string;
  readonly args?: readonly unknown[];
  readonly value?: bigint;
  readonly gas?: bigint;
}

/** What became of the calls of a block. */
export type CallEnd = "not included" | "reverts" | "succeeds";

/** Plays one block of these calls, in this order, on a lane. */
export async function blockOfCalls(
  fork: SiegeFork,
  kind: "faithful" | "batched" | "solidity",
  target: { readonly address: Address; readonly abi: Abi; readonly name: string },
  /** Whole native coin of the agents. */
  native: Readonly<Record<string, number>>,
  calls: readonly CallOfBlock[],
): Promise<{ readonly ends: readonly CallEnd[]; readonly results: readonly ActionResult[] }> {
  let results: readonly ActionResult[] = [];
  const scenario = buildScenario({
    name: "a block of calls",
    blocks: 1,
    assets: {},
    agents: Object.entries(native).map(([name, coins]) =>
      defineAgent({
        role: name,
        name,
        native: coins,
        act: ({ submit }) => {
          for (const [index, { agent, functionName, args = [], value = 0n, gas = 500_000n }] of calls.entries()) {
            if (agent !== name) continue;
            const tip = BigInt(1_000 + calls.length - index);
            submit({ call: call({ address: target.address, abi: target.abi, functionName, args, value }), gas, tip });
          }
        },
      }),
    ),
    conditions: [
      defineCondition({
        id: "listens",
        results: true,
        observe: () => constant(undefined),
        judge: ({ view }) => {
          ({ results } = view);
          return undefined;
        },
      }),
    ],
  });
  const { provider } = fork.connection;
  const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
  const rules = { hardfork: "osaka", openNetwork: openHermeticNetwork, openChannel: openLaneChannel };
  const lanes = await Lanes.of(world, { ...rules, executor: kind });
  try {
    const lane: World = await lanes.add();
    const player = new Player(lane, () => undefined);
    await player.genome({ seed: 1, blocks: 1, muted: [], market: [], oracles: [], moves: [] });
  } finally {
    await lanes.close();
    await world.close();
  }
  const ends = results.map(({ included, success }) =>
    included ? (success ? ("succeeds" as const) : ("reverts" as const)) : ("not included" as const),
  );
  return { ends, results };
}
