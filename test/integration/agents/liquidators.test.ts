import type { Agent } from "../../../src/agents/index.js";

import { expect } from "chai";

import { liquidator, liquidators } from "../../../src/agents/index.js";
import { lendingMarket } from "../../../src/protocols/roles/lending-market.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** Alice's health factor falls from 1.041 to 0.979. */
const fall = { block: 1, change: -60_000 };
/** From there to 1,500 dollars: less than alice owes for each of her ether. */
const crash = { block: 6, change: -202_128 };
/** What 100 ether of native coin are worth after the first fall. */
const NATIVE = 188_000;

describe("liquidators", () => {
  const theFork = forkForEach();
  const fleet = liquidators({ count: 2, capital: { USDC: 200_000 } });

  it("keep a market solvent that has a shortfall without them", async () => {
    const shortfall = async (agents: readonly Agent[]): Promise<number> => {
      const { view } = await playAgents(theFork(), { agents, blocks: 7, moves: [fall, crash] });
      return view.shortfalls.get("lending")!;
    };
    expect(await shortfall([])).to.be.closeTo(158_500 - 100 * 1_500, 5);
    expect(await shortfall([liquidator({ capital: { USDC: 200_000 } })])).to.equal(0);
    expect(await shortfall(fleet)).to.equal(0);
    expect(await shortfall([liquidator({ funds: "flash" })])).to.equal(0);
  });

  it("stay away from liquidations that earn less than their gas", async () => {
    const play = async (baseFee: number, agents: readonly Agent[] = [liquidator({ capital: { USDC: 200_000 } })]) =>
      (await playAgents(theFork(), { agents, blocks: 3, moves: [fall], baseFee })).deeds;
    // 600,000 gas: 22 dollars, and 11,000
    expect(await play(20)).to.deep.equal(["2 liquidator liquidationCall", "3 liquidator swapExactTokensForTokens"]);
    expect(await play(10_000)).to.deep.equal([]);
    expect(await play(10_000, fleet)).to.deep.equal([]);
  });

  it("compete: the highest bid wins, the others pay gas for nothing, and nothing is left", async () => {
    const agents = liquidators({ count: 3, name: "bot", capital: { USDC: 200_000 }, bid: [0.2, 0.8, 0.5] });
    const { deeds, worthOf } = await playAgents(theFork(), { agents, blocks: 6, moves: [fall] });
    expect(deeds).to.deep.equal([
      "2 bot 2 liquidationCall",
      "2 bot 3 liquidationCall failed",
      "2 bot 1 liquidationCall failed",
      "3 bot 2 swapExactTokensForTokens",
    ]);
    expect(worthOf("bot 2")).to.be.greaterThan(200_000 + NATIVE);
    expect(worthOf("bot 1")).to.be.lessThan(200_000 + NATIVE);
    expect(worthOf("bot 3")).to.be.lessThan(worthOf("bot 1"));
  });

  it("that react later find nothing left, whatever they would have bid", async () => {
    const agents = liquidators({ count: 2, capital: { USDC: 200_000 }, bid: [0, 1], delay: [1, 2] });
    const { deeds } = await playAgents(theFork(), { agents, blocks: 6, moves: [fall] });
    expect(deeds).to.deep.equal(["3 liquidator liquidationCall", "4 liquidator swapExactTokensForTokens"]);
  });

  it("repay no more than they have", async () => {
    const poor = liquidator({ capital: { USDC: 10_000 } });
    const { view } = await playAgents(theFork(), { agents: [poor], blocks: 2, moves: [fall] });
    const owed = view
      .all(lendingMarket)
      .get("lending")!
      .positions.find(({ account }) => account === theFork().addresses.users.alice)!.debtUsd;
    expect(owed).to.be.closeTo(158_500 - 10_000, 1);
  });

  describe("with a flash loan", () => {
    const poor = (options = {}) => liquidator({ funds: "flash", ...options });

    it("need nothing of their own: they liquidate, sell and pay back in one transaction", async () => {
      const { view, deeds, worthOf } = await playAgents(theFork(), { agents: [poor()], blocks: 3, moves: [fall] });
      expect(deeds.slice(0, 1)).to.deep.equal(["2 liquidator raid"]);
      expect(deeds.join()).to.not.include("failed");
      const { positions } = view.all(lendingMarket).get("lending")!;
      const alice = positions.find(({ account }) => account === theFork().addresses.users.alice)!;
      // half of the debt, and the loan's 5 basis points are paid
      expect(alice.debtUsd).to.be.closeTo(158_500 / 2, 50);
      expect(worthOf("liquidator")).to.be.greaterThan(NATIVE);
      // without the loan it can do nothing
      expect((await playAgents(theFork(), { agents: [liquidator({})], blocks: 3, moves: [fall] })).deeds).to.deep.equal(
        [],
      );
    });

    it("stay away if the sale does not repay the loan and its fee", async () => {
      expect(
        (await playAgents(theFork(), { agents: [poor({ minProfit: 1e6 })], blocks: 3, moves: [fall] })).deeds,
      ).to.deep.equal([]);
      expect(
        (await playAgents(theFork(), { agents: [poor()], blocks: 3, moves: [fall], baseFee: 10_000 })).deeds,
      ).to.deep.equal([]);
    });
  });
});
