import type { Address } from "viem";

import type { Round } from "../../../src/engine/run/rounds.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { defineCondition } from "../../../src/conditions/index.js";
import { NOTHING_PLAYED } from "../../../src/engine/run/count.js";
import { Player } from "../../../src/engine/run/player.js";
import { startOf } from "../../../src/engine/run/state.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { chainlink } from "../../../src/oracles/index.js";
import { constant } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach, genomeOf } from "../../helpers/play-agents.js";

const abi = parseAbi([
  "function price() view returns (int256)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
]);

const nothing = defineCondition<undefined, undefined>({
  id: "nothing",
  observe: () => constant(undefined),
  judge: () => undefined,
});

describe("chainlink on a project's own mock", () => {
  const theFork = forkForEach();

  /** Ether falls from 2,000 dollars in the first block. */
  async function played(
    name: string,
    price: number,
    look: (feed: Address) => Promise<void> = async () => undefined,
  ): Promise<readonly Round[]> {
    const feed = await theFork().deploy(await fixtureArtifact(name), []);
    // some time passes before the siege
    await theFork().connection.provider.request({ method: "evm_mine", params: [] });
    const scenario = buildScenario({
      name: "a mock",
      blocks: 1,
      assets: { ETH: { token: theFork().addresses.weth } },
      oracles: [chainlink(feed, { asset: "ETH" })],
      agents: [],
      conditions: [nothing],
    });
    const { provider } = theFork().connection;
    const target = { name: "Feed", address: feed, abi: [] };
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const stay = {
      begin: async () => ({ state: startOf(world), shared: NOTHING_PLAYED }),
      survived: async () => undefined,
      end: async () => undefined,
    };
    const rounds: Round[] = [];
    try {
      const moves = [{ block: 1, change: Math.round((price / 2_000) * 1e6) - 1e6 }];
      await new Player(world, () => undefined, { stage: stay }).genome(genomeOf({ blocks: 1, moves }), {
        mined: async (block) => void rounds.push(...block.rounds),
      });
      await look(feed);
    } finally {
      await world.close();
    }
    return rounds;
  }

  it("sets its answers by its own function, so that all its readers follow", async () => {
    await played("SettableFeed", 1_500, async (address) => {
      expect(await theFork().chain.read({ address, abi }, "price", [])).to.equal(1_500n * 10n ** 8n);
      expect((await theFork().chain.read({ address, abi }, "latestRoundData", []))[1]).to.equal(1_500n * 10n ** 8n);
    });
  });

  it("lets it clamp what it clamps", async () => {
    const rounds = await played("SettableFeed", 500);
    expect(rounds).to.have.length(1);
    expect(rounds[0]).to.include({ outcome: "changed", offered: 500, shown: 1_000, fair: 500 });
  });

  it("stands in for one that only its owner sets, within minAnswer and maxAnswer", async () => {
    expect((await played("OwnedFeed", 1_500))[0]).to.include({ outcome: "published", shown: 1_500 });
    expect((await played("OwnedFeed", 500))[0]).to.include({ outcome: "published", shown: 1_000, fair: 500 });
  });

  it("refuses a mock whose setter leaves a reader at the old price, and names both", async () => {
    const error = await failsWith("READER_DOES_NOT_FOLLOW", () => played("SplitFeed", 1_500));
    expect(error.message).to.include("latestAnswer()").and.to.include("updateAnswer()");
    expect(error.message).not.to.include("price()");
  });

  it("refuses to stand in where another function would stay at the old price, and names it", async () => {
    const error = await failsWith("READER_DOES_NOT_FOLLOW", () => played("OwnedFeedWithReader", 1_500));
    expect(error.message).to.include("getPrice()").and.to.include("ETH feed");
  });
});
