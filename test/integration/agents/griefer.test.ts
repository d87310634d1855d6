import type { Agent } from "../../../src/agents/index.js";
import type { Outcome } from "../../../src/engine/run/outcome.js";
import type { ScenarioDefinition } from "../../../src/scenario/scenario.js";
import type { Fixture, Variant } from "../../fixtures/fixture.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { defineAgent, griefer } from "../../../src/agents/index.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { call } from "../../../src/protocols/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { auctionOf, deployAuctionHouse } from "../../fixtures/auction-house.js";
import { deployWithdrawalQueue, queueAbi, queueing } from "../../fixtures/withdrawal-queue.js";
import { failsWith } from "../../helpers/errors.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const houseAbi = parseAbi(["function bid(uint256 amount)", "function settle()"]);

describe("a griefer", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** How one run with all policies ends. */
  async function ended(target: Fixture, definition: ScenarioDefinition): Promise<Outcome["kind"]> {
    const { provider } = fork.connection;
    const scenario = buildScenario(definition);
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const genome = { seed: 1, blocks: scenario.blocks, muted: [], market: [], oracles: [], moves: [] };
    const { kind } = await new Player(world, () => undefined).genome(genome);
    await world.close();
    return kind;
  }

  describe("with dust", () => {
    /** Deposits a few dollars, and asks for them back in so many pieces in each of three blocks. */
    function duster(address: `0x${string}`, amount: bigint, times: number): readonly Agent[] {
      const request = call({ address, abi: queueAbi, functionName: "request", args: [amount] });
      const deposit = call({ address, abi: queueAbi, functionName: "deposit", args: [1_000_000_000n] });
      return [
        griefer({ capital: { USDC: 1_000 }, spam: { call: deposit, times: 1 }, blocks: 1, name: "griefer" }),
        // who asks is who deposited
        griefer({ spam: { call: request, times, gas: 100_000 }, at: 6, blocks: 2, name: "requester" }),
      ];
    }

    async function besiege(variant: Variant, { amount = 1n, times = 250, agents = true } = {}) {
      const queue = await deployWithdrawalQueue(fork, variant);
      const dust = duster(queue.address, amount, times);
      // one account deposits and asks: two policies of one agent
      const both = defineAgent({
        role: "griefer",
        capital: { USDC: 1_000 },
        act: (context) => {
          for (const one of dust) one.act?.(context);
        },
      });
      return ended(queue, queueing(fork, queue, agents ? [both] : []));
    }

    it("fills a queue until it can no longer be processed", async () => {
      expect(await besiege("flawed")).to.equal("violation");
    });

    it("achieves nothing with a few pieces, nor against a queue that takes no dust", async () => {
      expect(await besiege("flawed", { times: 20 })).to.equal("survived");
      expect(await besiege("fixed")).to.equal("survived");
      // a dollar apiece, which is paid a hundred at a time
      expect(await besiege("fixed", { amount: 1_000_000n, times: 100 })).to.equal("survived");
    });

    it("is essential", async () => {
      expect(await besiege("flawed", { agents: false })).to.equal("survived");
    });
  });

  describe("with gas", () => {
    /** Bids a base unit as soon as it can, and takes what it has won. */
    const bidder = (house: Fixture): Agent =>
      defineAgent({
        role: "bidder",
        capital: { USDC: 1 },
        act: ({ submit }) => {
          const { address } = house;
          const bid = call({ address, abi: houseAbi, functionName: "bid", args: [1n] });
          for (const one of [bid, call({ address, abi: houseAbi, functionName: "settle" })]) {
            submit({ call: one, gas: 500_000n, tip: 100_000_000_000n });
          }
        },
      });

    async function besiege(variant: Variant, griefers: readonly Agent[]) {
      const house = await deployAuctionHouse(fork, variant);
      const auction = auctionOf(fork, house, {});
      const [, keeper] = auction.agents;
      const agents = [keeper!, bidder(house), ...griefers];
      return ended(house, { ...auction, agents, gas: { gasLimit: 30_000_000n } });
    }

    // more than the keeper offers, less than an actor that wants to be first
    const tip = 20_000_000_000n;

    it("keeps a keeper out of an auction, so that next to nothing wins it", async () => {
      expect(await besiege("flawed", [griefer({ burns: 29_000_000, tip })])).to.equal("violation");
    });

    it("is necessary, and not sufficient if there is a reserve price", async () => {
      expect(await besiege("flawed", [])).to.equal("survived");
      expect(await besiege("fixed", [griefer({ burns: 29_000_000, tip })])).to.equal("survived");
    });

    it("does not start what it cannot pay for", async () => {
      // 29 million gas at 40 gwei are 1.16 ether a block
      expect(await besiege("flawed", [griefer({ burns: 29_000_000, tip, native: 1 })])).to.equal("survived");
    });
  });

  it("refuses options that do not exist or are out of range, and to do nothing", async () => {
    await failsWith("INVALID_OPTION", () => griefer({}));
    await failsWith("INVALID_OPTION", () => griefer({ burns: 1 }));
    await failsWith("INVALID_OPTION", () => griefer({ burns: 21_000, at: 0 }));
    await failsWith("INVALID_OPTION", () => griefer({ burns: 21_000, blocks: 0.5 }));
    await failsWith("INVALID_OPTION", () => griefer({ burn: 21_000 } as never));
  });
});
