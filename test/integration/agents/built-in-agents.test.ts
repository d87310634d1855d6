import type { Agent } from "../../../src/agents/agent.js";
import type { ObservedView } from "../../../src/engine/world/observed-view.js";
import type { AaveV3Account } from "../../../src/protocols/aave-v3/view.js";
import type { Play, Played } from "../../helpers/play-agents.js";

import { expect } from "chai";

import { arbitrageur, attacker, borrower, liquidator } from "../../../src/agents/index.js";
import { aaveV3, uniswapV2 } from "../../../src/protocols/index.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

/** The policies on the real contracts, in the engine. */
describe("built-in agents", () => {
  const theFork = forkForEach();

  async function play(agents: readonly Agent[], blocks: number, moves: Play["moves"] = []): Promise<Played> {
    return playAgents(theFork(), { agents, blocks, moves });
  }

  function dollarsOf(view: ObservedView, name: string): number {
    return Number(view.balance(theFork().addresses.usdc, agentAddress(name))) / 1e6;
  }

  function positionOf(view: ObservedView, name: string): AaveV3Account {
    return view.at(aaveV3).accounts.get(agentAddress(name).toLowerCase())!;
  }

  it("close the gap between the pool and the fair price, and then rest", async () => {
    const agents = [arbitrageur({ capital: { ETH: 300, USDC: 600_000 } })];
    const { deeds, view } = await play(agents, 6, [
      { block: 2, change: -60_000 },
      { block: 4, change: 100_000 },
    ]);
    const swap = "arbitrageur swapExactTokensForTokens";
    expect(deeds).to.deep.equal([`2 ${swap}`, `4 ${swap}`]);
    // the last unit bought cost the fair price, the pool's fee included; the fee itself stays in the pool and moves it
    const spot = view.at(uniswapV2).spotPrice(theFork().addresses.weth);
    expect(spot / 0.997).to.be.closeTo(2_000 * 0.94 * 1.1, 0.5);
  });

  it("liquidate unhealthy positions, sell what they seized, and profit", async () => {
    const agents = [arbitrageur({ capital: { ETH: 300, USDC: 600_000 } }), liquidator({ capital: { USDC: 500_000 } })];
    const { deeds, view } = await play(agents, 8, [{ block: 2, change: -60_000 }]);
    expect(deeds.filter((deed) => deed.includes("liquidator")).slice(0, 2)).to.deep.equal([
      "3 liquidator liquidationCall",
      "4 liquidator swapExactTokensForTokens",
    ]);
    expect(deeds.join()).to.not.include("failed");
    expect(view.balance(theFork().addresses.weth, agentAddress("liquidator"))).to.equal(0n);
    expect(dollarsOf(view, "liquidator")).to.be.above(500_000);
  });

  it("leave an unprofitable liquidation alone", async () => {
    const rich = liquidator({ capital: { USDC: 500_000 }, minProfit: 1_000_000 });
    expect((await play([rich], 4, [{ block: 1, change: -60_000 }])).deeds).to.deep.equal([]);
  });

  it("borrow as configured, and defend the position or not", async () => {
    const options = { collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.75 };
    const agents = [borrower(options), borrower({ ...options, name: "careful", repayBelow: 1.05 })];
    const { deeds, view } = await play(agents, 6, [{ block: 3, change: -60_000 }]);
    expect(deeds).to.deep.equal([
      "1 borrower supply",
      "1 careful supply",
      "2 borrower borrow",
      "2 careful borrow",
      "4 careful repay",
    ]);
    const threshold = 0.825;
    const factor = (name: string): number => Number(positionOf(view, name).healthFactor) / 1e18;
    expect(factor("borrower")).to.be.closeTo((threshold / 0.75) * 0.94, 1e-4);
    expect(factor("careful")).to.be.closeTo(threshold / 0.75, 1e-4);
  });

  it("leave free agents to the search", async () => {
    expect((await play([attacker({ capital: { USDC: 1 } })], 2, [])).deeds).to.deep.equal([]);
  });
});
