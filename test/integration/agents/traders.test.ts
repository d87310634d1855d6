import type { Agent } from "../../../src/agents/index.js";
import type { Played } from "../../helpers/play-agents.js";

import { expect } from "chai";

import { liquidityProvider, noiseTrader, panicSeller, trendFollower, whale } from "../../../src/agents/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { forkForEach, playAgents, secondPool } from "../../helpers/play-agents.js";

const CAPITAL = { ETH: 500, USDC: 1_000_000 };

/** The traders on real pools: what each does to a price that no other agent moves. */
describe("traders", () => {
  const theFork = forkForEach();

  /** Ether's price on a pool after each block, US dollars. */
  function spots({ views }: Played, pool = "pool"): readonly number[] {
    const { weth, usdc } = theFork().addresses;
    return views.map((view) => view.all(venue).get(pool)!.spotPrice(weth, usdc));
  }

  describe("noise trader", () => {
    it("moves the price back and forth, and pays for it", async () => {
      const agent = noiseTrader({ capital: CAPITAL, rate: 2, medianSize: 5_000, maxSlippage: 0.05 });
      const played = await playAgents(theFork(), { agents: [agent], blocks: 8 });
      const changes = spots(played).map((spot, index, all) => Math.sign(spot - (all[index - 1] ?? spot)));
      expect(changes).to.include.members([1, -1]);
      expect(played.deeds.join()).to.not.include("failed");
      // what it lost, the pool won
      expect(played.worthOf("noise trader")).to.be.lessThan(500 * 2_000 + 1_000_000 + 100 * 2_000);
    });

    it("makes the same trades with the same seed, and different ones with another", async () => {
      const agents = [noiseTrader({ capital: CAPITAL, rate: 2 })];
      const first = await playAgents(theFork(), { agents, blocks: 4, seed: 7 });
      expect(spots(await playAgents(theFork(), { agents, blocks: 4, seed: 7 }))).to.deep.equal(spots(first));
      expect(spots(await playAgents(theFork(), { agents, blocks: 4, seed: 8 }))).to.not.deep.equal(spots(first));
    });

    it("is what a liquidity provider earns from", async () => {
      const earned = async (...agents: readonly Agent[]): Promise<number> => {
        const provider = liquidityProvider({ capital: { ETH: 100, USDC: 200_000 } });
        const { worthOf } = await playAgents(theFork(), { agents: [provider, ...agents], blocks: 8 });
        return worthOf("liquidity provider");
      };
      const options = { capital: CAPITAL, medianSize: 5_000, maxSlippage: 0.05 };
      const alone = await earned();
      expect(await earned(noiseTrader({ ...options, rate: 2 }))).to.be.greaterThan(alone + 10);
      expect(await earned(noiseTrader({ ...options, rate: 0 }))).to.equal(alone);
    });

    it("leaves the price alone if no trader needs to trade", async () => {
      const agents = [noiseTrader({ capital: CAPITAL, rate: 0 })];
      expect((await playAgents(theFork(), { agents, blocks: 3 })).deeds).to.deep.equal([]);
    });
  });

  describe("trend follower", () => {
    const agents = [trendFollower({ asset: "ETH", capital: CAPITAL, lookback: 2, demand: 2_000_000 })];

    it("pushes the pool's price where the market went, and closes its position when the trend is over", async () => {
      const moves = [{ block: 3, change: 50_000 }];
      const played = await playAgents(theFork(), { agents, blocks: 7, moves });
      const swap = "trend follower swapExactTokensForTokens";
      // it looks two blocks back: the move is in sight in blocks 3 and 4
      expect(played.deeds).to.deep.equal([`3 ${swap}`, `5 ${swap}`]);
      const prices = spots(played);
      expect(prices[2]).to.equal(prices[0]);
      expect(prices[3]).to.be.greaterThan(2_150);
      expect(prices[5]).to.be.closeTo(prices[0]!, 2_000 * 0.003);
    });

    it("ignores a price that does not move", async () => {
      expect((await playAgents(theFork(), { agents, blocks: 5 })).deeds).to.deep.equal([]);
    });
  });

  describe("panic seller", () => {
    const agents = [panicSeller({ asset: "ETH", capital: { ETH: 100 }, drop: 0.1, share: 0.5 })];

    it("crashes the pool once its threshold is reached", async () => {
      const moves = [{ block: 3, change: -100_000 }];
      const played = await playAgents(theFork(), { agents, blocks: 4, moves });
      const swap = "panic seller swapExactTokensForTokens";
      expect(played.deeds).to.deep.equal([`3 ${swap}`, `4 ${swap}`]);
      // 1,000 ether in the pool, and 50 and 25 more
      expect(spots(played)[4]).to.be.closeTo(2_000 / 1.075 ** 2, 2);
    });

    it("holds above its threshold", async () => {
      const moves = [{ block: 3, change: -99_000 }];
      expect((await playAgents(theFork(), { agents, blocks: 4, moves })).deeds).to.deep.equal([]);
    });

    it("sets off others that watch the pool, as a cascade", async () => {
      const capital = { ETH: 100 };
      const [first, second, third] = [0.02, 0.08, 0.2].map((drop, index) =>
        panicSeller({ name: `seller ${index + 1}`, asset: "ETH", capital, drop, share: 1, watches: "venue" }),
      );
      const start = whale({ asset: "ETH", capital: { ETH: 15 }, at: 2, maxSlippage: 1 });
      const cascade = await playAgents(theFork(), { agents: [start, first!, second!, third!], blocks: 6 });
      const swap = "swapExactTokensForTokens";
      expect(cascade.deeds).to.deep.equal([
        `2 whale ${swap}`,
        `3 seller 1 ${swap}`,
        `4 seller 2 ${swap}`,
        `5 seller 3 ${swap}`,
      ]);
      const without = await playAgents(theFork(), { agents: [start, second!, third!], blocks: 6 });
      expect(without.deeds).to.deep.equal([`2 whale ${swap}`]);
    });
  });

  describe("whale", () => {
    it("moves two pools to one price, since it takes the better of them until they are equal", async () => {
      const protocols = { other: await secondPool(theFork()) };
      const agents = [whale({ asset: "ETH", capital: { ETH: 400 }, at: 2 })];
      const played = await playAgents(theFork(), { agents, blocks: 2, protocols });
      expect(played.deeds).to.have.length(2);
      expect(spots(played)[2]).to.be.closeTo(2_000 / 1.2 ** 2, 1);
      expect(spots(played, "other")[2]! / spots(played)[2]!).to.be.closeTo(1, 1e-4);
      // and gets more than one pool alone would have paid
      const alone = await playAgents(theFork(), { agents, blocks: 2 });
      expect(played.worthOf("whale")).to.be.greaterThan(alone.worthOf("whale") + 80_000);
    });

    it("uses only one pool if the gas of a second one costs more than the slippage it saves", async () => {
      const protocols = { other: await secondPool(theFork()) };
      const agents = [whale({ asset: "ETH", capital: { ETH: 2 } })];
      expect((await playAgents(theFork(), { agents, blocks: 1, protocols, baseFee: 100 })).deeds).to.have.length(1);
      expect((await playAgents(theFork(), { agents, blocks: 1, protocols, baseFee: 1 })).deeds).to.have.length(2);
    });

    it("splits its exit over blocks", async () => {
      const agents = [whale({ asset: "ETH", capital: { ETH: 90 }, at: 2, over: 3 })];
      const { deeds, view } = await playAgents(theFork(), { agents, blocks: 6 });
      expect(deeds.map((deed) => deed.split(" ")[0])).to.deep.equal(["2", "3", "4"]);
      expect(view.balance(theFork().addresses.weth, view.accounts.get("whale")!)).to.equal(0n);
    });

    it("stays away as long as its price is not reached", async () => {
      const agents = [whale({ asset: "ETH", capital: { ETH: 90 }, below: 1_900 })];
      const moves = [{ block: 2, change: -49_000 }];
      expect((await playAgents(theFork(), { agents, blocks: 3, moves })).deeds).to.deep.equal([]);
    });
  });
});
