import type { Address } from "viem";

import { expect } from "chai";
import { parseAbi } from "viem";

import { defineCondition } from "../../../src/conditions/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { defineOracle } from "../../../src/oracles/index.js";
import { all, call, constant, map, read } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach, genomeOf } from "../../helpers/play-agents.js";

const aggregatorAbi = parseAbi([
  "function aggregator() view returns (address)",
  "function getOracles() view returns (address[])",
  "function latestAnswer() view returns (int256)",
  "function latestRound() view returns (uint256)",
  "function submit(uint256 round, int256 answer)",
]);

interface Facts {
  readonly aggregator: Address;
  readonly keeper: Address;
}

interface Answer {
  readonly answer: bigint;
  readonly round: bigint;
}

/** What a user would write for an oracle that hardhat-siege does not know; here, an aggregator of Chainlink. */
const keeperFeed = (price: (answer: Answer) => number) =>
  defineOracle<{ readonly asset: string }, Facts, Answer>({
    kind: "keeperFeed",
    inspect: async ({ read: ask }, proxy) => {
      const aggregator = await ask(read({ address: proxy, abi: aggregatorAbi, functionName: "aggregator" }));
      const [keeper] = await ask(read({ address: aggregator, abi: aggregatorAbi, functionName: "getOracles" }));
      return { aggregator, keeper: keeper! };
    },
    contracts: ({ aggregator }) => ({ aggregator }),
    observe: ({ aggregator }) =>
      map(
        all({
          answer: read({ address: aggregator, abi: aggregatorAbi, functionName: "latestAnswer" }),
          round: read({ address: aggregator, abi: aggregatorAbi, functionName: "latestRound" }),
        }),
        (answer) => answer,
      ),
    prepare: ({ keeper }) => [{ kind: "fund", account: keeper, wei: 10n ** 20n }],
    model: ({ asset }) => ({ asset, latencyBlocks: 1, deviation: 0.01, heartbeat: 86_400 }),
    price,
    publish: ({ aggregator, keeper }, { round }, dollars) => ({
      from: keeper,
      call: call({
        address: aggregator,
        abi: aggregatorAbi,
        functionName: "submit",
        args: [round + 1n, BigInt(Math.round(dollars * 1e8))],
      }),
    }),
  });

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

describe("oracles of users", () => {
  const theFork = forkForEach();

  function open(price: (answer: Answer) => number) {
    const { chainlink: feeds, aaveV3: aave, weth } = theFork().addresses;
    const scenario = buildScenario({
      name: "a user's oracle",
      blocks: 4,
      assets: { ETH: { token: weth } },
      oracles: [keeperFeed(price)(feeds.ethUsd, { asset: "ETH" })],
      agents: [],
      conditions: [nothing],
    });
    const { provider } = theFork().connection;
    const target = { name: "Pool", address: aave.pool, abi: [] };
    return openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
  }

  it("give the price at the start, and publish what their model says, when it says so", async () => {
    const world = await open(({ answer }) => Number(answer) / 1e8);
    try {
      expect(world.prices.get("ETH")).to.equal(2_000);
      const rounds: (readonly [number, unknown])[] = [];
      // a fall of 10 % in block 2 is published a block later, and one of half a per cent is not
      const moves = [
        { block: 2, change: -100_000 },
        { block: 3, change: -5_000 },
      ];
      await new Player(world, () => undefined).genome(genomeOf({ blocks: 4, moves }), {
        mined: async ({ block, calls }) => {
          for (const { call: made } of calls) rounds.push([block, made.args[1]]);
        },
      });
      expect(rounds).to.deep.equal([[3, 1_800n * 10n ** 8n]]);
    } finally {
      await world.close();
    }
  });

  for (const said of [Number.NaN, undefined, Infinity]) {
    it(`say so where their price is ${String(said)}`, async () => {
      const error = await failsWith("ORACLE_WITHOUT_PRICE", () => open(() => said!));
      expect(error.summary).to.include("The ETH feed").and.to.include(String(said));
    });
  }
});
