import { expect } from "chai";

import { arbitrageur, deltaHedger } from "../../../src/agents/index.js";
import { hedged } from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { blackScholes } from "../../../src/risk/index.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

const DAY = 86_400;

describe("delta hedger on the real pool", () => {
  const theFork = forkForEach();

  it("holds the delta block by block, behind the arbitrageur, and nothing once the options have expired", async () => {
    const option = { type: "call", asset: "ETH", strike: 2_000, expiresIn: 36, amount: -10, volatility: 0.8 } as const;
    const { deeds, views } = await playAgents(theFork(), {
      blocks: 4,
      moves: [{ block: 2, change: 500 }],
      agents: [
        deltaHedger({ option, capital: { USDC: 50_000 } }),
        arbitrageur({ capital: { ETH: 50, USDC: 100_000 } }),
      ],
    });
    const { weth } = theFork().addresses;
    const held = views.map((view) => Number(view.balance(weth, agentAddress("delta hedger"))) / 1e18);
    const delta = (spot: number, seconds: number): number =>
      10 * blackScholes({ type: "call", spot, strike: 2_000, expiry: seconds / 31_536_000, volatility: 0.8 }).delta;
    // fees and price impact: what it buys for the fair value is less than its delta by a hundredth
    expect(held[1]).to.be.closeTo(delta(2_000, 24), 0.1);
    expect(held[2]).to.be.closeTo(delta(2_001, 12), 0.1);
    expect(held[3]).to.be.closeTo(0, 1e-9);
    expect(deeds.filter((deed) => deed.includes("hedger"))).to.deep.equal([
      "1 delta hedger swapExactTokensForTokens",
      "2 delta hedger swapExactTokensForTokens",
      "3 delta hedger swapExactTokensForTokens",
    ]);
  });

  for (const [what, every, ruined] of [
    ["one who hedges once loses", 10_000, 1],
    ["one who hedges daily does not", 1, 0],
  ] as const) {
    it(`hedged: of two who have sold calls in a rise, ${what}`, async () => {
      const { weth, usdc, uniswapV2: uniswap } = theFork().addresses;
      const { siege } = theFork().connection;
      const option = {
        type: "call",
        asset: "ETH",
        strike: 2_000,
        expiresIn: 8 * DAY,
        amount: -5,
        volatility: 0.8,
      } as const;
      const prices = [2_000, 2_060, 2_120, 2_180, 2_240, 2_300, 2_360, 2_420];
      const scenario = siege.scenario({
        name: "calls, sold before a rise",
        blocks: 8,
        blockTime: DAY,
        assets: { ETH: { price: 2_000, token: weth, process: path(prices, 2_000) }, USDC: { price: 1, token: usdc } },
        protocols: { pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }) },
        agents: [
          arbitrageur({ capital: { ETH: 1_000, USDC: 2e6 } }),
          deltaHedger({ option, every, capital: { USDC: 50_000 } }),
        ],
        conditions: [hedged({ agent: "delta hedger", option, maxLoss: 500 })],
      });
      const pair = { address: uniswap.usdcWeth, abi: [], name: "Pair" };
      const result = await siege.ruin(pair, scenario, { paths: 1, lanes: 1, executor: "faithful" });
      expect(result.ruined).to.have.length(ruined);
      const [loss] = result.losses;
      if (ruined === 1) expect(loss).to.deep.include({ kind: "loss", unit: "USD" });
    });
  }
});
