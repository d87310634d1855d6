import { expect } from "chai";

import { arbitrageur, liquidator, whale } from "../../../src/agents/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { forkForEach, playAgents, secondPool } from "../../helpers/play-agents.js";

const SWAP = "swapExactTokensForTokens";

/** A trader that moves the second pool off the fair price by buying ether there. */
function buyer(dollars: number) {
  return whale({ asset: "USDC", against: "ETH", venues: ["other"], capital: { USDC: dollars }, maxSlippage: 1 });
}

describe("arbitrage between venues", () => {
  const theFork = forkForEach();

  async function gapAfter(dollars: number, { minProfit = 0, baseFee = 20, alone = false } = {}) {
    const { weth, usdc } = theFork().addresses;
    const protocols = { other: await secondPool(theFork()) };
    const agents = [buyer(dollars), ...(alone ? [] : [arbitrageur({ capital: { USDC: 500_000 }, minProfit })])];
    const { deeds, view, worthOf } = await playAgents(theFork(), { agents, blocks: 4, protocols, baseFee });
    const [pool, other] = ["pool", "other"].map((name) => view.all(venue).get(name)!.spotPrice(weth, usdc));
    const arbitrages = deeds.filter((deed) => deed.includes("arbitrageur"));
    return { arbitrages, gap: other! / pool! - 1, profit: alone ? 0 : worthOf("arbitrageur") - 500_000 - 100 * 2_000 };
  }

  it("buys on one and sells on the other, two calls in one block, until their prices differ by no more than two fees", async () => {
    const { arbitrages, gap, profit } = await gapAfter(100_000);
    expect(arbitrages).to.deep.equal([`2 arbitrageur ${SWAP}`, `2 arbitrageur ${SWAP}`]);
    // 1 / 0.997² - 1 between the prices at the margin, fees apart: reserves have the fees of this block in them
    expect(gap).to.be.closeTo(1 / 0.997 ** 2 - 1, 3e-4);
    expect(profit).to.be.within(1_000, 5_000);
    expect((await gapAfter(100_000, { alone: true })).gap).to.be.closeTo(1.05 ** 2 - 1, 3e-4);
  });

  it("ignores a gap that yields less than the gas and its minimum profit", async () => {
    // 10,000 dollars put the pool off by 1 %: four dollars after fees; 230,000 gas at 20 gwei are nine
    expect((await gapAfter(10_000, { baseFee: 1 })).arbitrages).to.have.length(2);
    expect((await gapAfter(10_000)).arbitrages).to.deep.equal([]);
    expect((await gapAfter(100_000, { minProfit: 10_000 })).arbitrages).to.deep.equal([]);
  });

  it("lets liquidators sell what they seized on both", async () => {
    const other = await secondPool(theFork());
    const play = (protocols: Readonly<Record<string, typeof other>>) =>
      playAgents(theFork(), {
        agents: [arbitrageur({ capital: { ETH: 300, USDC: 600_000 } }), liquidator({ capital: { USDC: 500_000 } })],
        blocks: 5,
        moves: [{ block: 2, change: -60_000 }],
        protocols,
      });
    const both = await play({ other });
    const sales = both.deeds.filter((deed) => deed.startsWith("4 liquidator"));
    expect(sales).to.include.members([`4 liquidator ${SWAP}`]);
    expect(sales.filter((deed) => deed.endsWith(SWAP))).to.have.length(2);
    expect(both.deeds.join()).to.not.include("failed");
    expect(both.worthOf("liquidator")).to.be.greaterThan((await play({})).worthOf("liquidator"));
  });
});
