import type { Agent } from "../../../src/agents/index.js";
import type { Play } from "../../helpers/play-agents.js";
import type { PerpV2Deployment } from "../../mini-mainnet/cast/perp-v2.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";
import type { Fork } from "../../mini-mainnet/fork.js";

import { expect } from "chai";

import { marginArbitrageur, marginTrader } from "../../../src/agents/index.js";
import { perpV2 } from "../../../src/protocols/index.js";
import { marginMarket } from "../../../src/protocols/roles/margin-market.js";
import { playAgents } from "../../helpers/play-agents.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { deployPerpV2 } from "../../mini-mainnet/cast/perp-v2.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

describe("on a margin market", () => {
  let source: MiniMainnetSource;
  let fork: Fork<MiniMainnetSource>;
  let perp: PerpV2Deployment;

  // the price history that the protocol needs is half an hour of blocks; a run leaves the chain as it was
  before(async () => {
    source = await miniMainnetSource();
    fork = await createSiegeFork(source);
    perp = await deployPerpV2(fork.chain, fork.addresses);
  });
  after(async () => {
    await fork.close();
    await source.close();
  });

  async function play(agents: readonly Agent[], moves: Play["moves"], blocks = 5) {
    const { clearingHouse, baseToken, traders } = perp;
    const protocols = { perp: perpV2(clearingHouse.address, { baseToken: baseToken.address, asset: "ETH" }) };
    const { deeds, view } = await playAgents(fork, { agents, blocks, moves, protocols, accounts: traders });
    const market = view.all(marginMarket).get("perp")!;
    const isAtRisk = market.positions.find(({ account }) => account === traders.reckless)!.isLiquidatable;
    return { deeds, price: market.tradePrice, isAtRisk, badDebt: market.badDebt };
  }

  const arbitrageur = (band = 0.002) => marginArbitrageur({ capital: { USDC: 1_000_000 }, band });

  describe("an arbitrageur", () => {
    const fall = [{ block: 1, change: -65_000 }];

    it("passes the fall of ether on to the market, and puts a trader at risk", async () => {
      const [told, untold] = [await play([arbitrageur()], fall), await play([], fall)];
      expect(told.price).to.be.closeTo(1_870, 0.01);
      expect(untold.price).to.be.greaterThan(2_000);
      expect([told.isAtRisk, untold.isAtRisk]).to.deep.equal([true, false]);
    });

    it("leaves the price alone within its band, and has nothing to trade with without collateral", async () => {
      // the longs have pushed the price to 2,028
      const { price: before } = await play([], []);
      for (const agent of [arbitrageur(0.02), marginArbitrageur({ capital: { ETH: 100 } })]) {
        const { deeds, price } = await play([agent], []);
        expect(deeds.filter((deed) => deed.includes("openPosition"))).to.deep.equal([]);
        expect(price).to.equal(before);
      }
      expect((await play([arbitrageur()], [])).price).to.be.closeTo(2_000, 0.01);
    });

    it("goes in steps if the market caps the price move per block", async () => {
      const { deeds, price } = await play([arbitrageur()], [{ block: 2, change: -150_000 }], 7);
      expect(deeds.join()).to.include("2 margin arbitrageur openPosition failed,3 margin arbitrageur openPosition,");
      expect(price).to.be.closeTo(1_700, 0.01);
    });
  });

  describe("a trader", () => {
    const crash = [3, 4].map((block) => ({ block, change: -60_000 }));
    const trader = (capital = { USDC: 50_000 }) => marginTrader({ capital, leverage: 8 });

    it("is left with bad debt after a crash, and does nothing about it", async () => {
      const { deeds, badDebt } = await play([arbitrageur(), trader()], crash, 8);
      expect(deeds.filter((deed) => deed.includes("trader"))).to.deep.equal([
        "1 margin trader deposit",
        "2 margin trader openPosition",
      ]);
      expect(badDebt).to.be.within(4_000, 6_000);
      expect((await play([arbitrageur()], crash, 8)).badDebt).to.equal(0);
    });

    it("opens nothing without collateral, and no account has debt", async () => {
      const { deeds, badDebt } = await play([arbitrageur(), trader({ USDC: 0 })], crash, 8);
      expect(deeds.join()).to.not.include("trader");
      expect(badDebt).to.equal(0);
    });

    it("tries a smaller order if the market rejects it", async () => {
      const { deeds } = await play([trader()], [], 6);
      const orders = deeds.filter((deed) => deed.includes("openPosition"));
      expect(orders[0]).to.equal("2 margin trader openPosition failed");
      expect(orders.at(-1)).to.match(/trader openPosition$/);
      expect(orders.length).to.be.lessThan(5);
    });
  });
});
