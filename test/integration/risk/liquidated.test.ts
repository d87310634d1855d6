import type { Agent } from "../../../src/agents/index.js";
import type { RuinOptions, RuinResult } from "../../../src/types.js";

import { expect } from "chai";

import { liquidator } from "../../../src/agents/index.js";
import { noBadDebt } from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { chainlink } from "../../../src/oracles/index.js";
import { aaveV3, uniswapV2 } from "../../../src/protocols/index.js";
import { renderRuin } from "../../../src/report/index.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** Alice owes 158,500 dollars against 100 ether. */
describe("the value liquidated in a risk run", () => {
  const theFork = siegeForkForSuite();

  /** Ether falls from 2,000 to 1,880 dollars in the first block, and then as it is told. */
  async function ruin(agents: readonly Agent[], then: number, options: RuinOptions = {}): Promise<RuinResult> {
    const { connection, addresses } = theFork();
    const { weth, usdc, uniswapV2: uniswap, aaveV3: aave, chainlink: feeds, users } = addresses;
    const { siege } = connection;
    const scenario = siege.scenario({
      name: "ether falls",
      blocks: 8,
      assets: {
        ETH: { token: weth, process: path([1_880, 1_880, 1_880, 1_880, then], 2_000) },
        USDC: { price: 1, token: usdc },
      },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        lending: aaveV3(aave.addressesProvider),
      },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents,
      conditions: [noBadDebt()],
      accounts: { alice: users.alice },
    });
    return siege.ruin({ name: "Pool", address: aave.pool, abi: [] }, scenario, { paths: 3, lanes: 1, ...options });
  }

  it("is the collateral that liquidators took, at the price of the block, and the same with transactions", async () => {
    const agents = [liquidator({ capital: { USDC: 200_000 } })];
    const result = await ruin(agents, 1_880);
    const { liquidated, ruined } = result;
    expect(ruined).to.deep.equal([]);
    // a half of the debt, and 5 % for it
    expect(liquidated?.most).to.be.closeTo((158_500 / 2) * 1.05, 5);
    expect(liquidated?.paths).to.equal(3);
    expect(liquidated?.mean.value).to.equal(liquidated?.most);
    expect(liquidated?.atRisk[0]?.valueAtRisk.value).to.equal(liquidated?.most);
    expect(renderRuin(result)).to.match(/liquidated +collateral in 3 of 3 paths: mean \$83,21\d\.\d\d/);
    const faithful = await ruin(agents, 1_880, { executor: "faithful" });
    expect(faithful.liquidated).to.deep.equal(liquidated);
  });

  it("is nothing without liquidators, who would have prevented the bad debt", async () => {
    const idle = await ruin([liquidator({ capital: { USDC: 0 } })], 1_500);
    expect(idle.liquidated?.most).to.equal(0);
    expect(idle.ruined.map(({ block }) => block)).to.deep.equal([5, 5, 5]);
    const [loss] = idle.losses;
    expect(loss).to.deep.include({ condition: "noBadDebt", kind: "bad debt", unit: "USD", paths: 3 });
    expect(loss?.most).to.be.closeTo(158_500 - 100 * 1_500, 5);
    const rich = await ruin([liquidator({ capital: { USDC: 200_000 } })], 1_500);
    expect(rich.ruined).to.deep.equal([]);
  });
});
