import { expect } from "chai";

import { liquidityProvider } from "../../../src/agents/liquidity-provider.js";
import { marketMaker } from "../../../src/agents/market-maker.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, askInTurn, dollars, ether, POOL_SHARES } from "../../helpers/market-view.js";

const pool = { weth: 1_000, usdc: 2_000_000 };
const idle = { weth: 100, usdc: 200_000 };
/** A tenth of the pool. */
const quoting = { liquidity: POOL_SHARES / 10 };
const calm = { price: 2_000, pool };

function deeds(...args: Parameters<typeof askInTurn>): readonly string[] {
  return askInTurn(...args).map((intents) => intents.map(({ call }) => call.function.name).join());
}

describe("market maker", () => {
  it("quotes with all it has while the market is calm, and holds", () => {
    const agent = marketMaker({ asset: "ETH" });
    const [intent] = ask(agent, { ...calm, self: idle });
    expect(intent!.call.args.slice(2, 4)).to.deep.equal([dollars(200_000), ether(100)]);
    expect(
      deeds(agent, [
        { ...calm, self: idle },
        { ...calm, self: quoting },
      ]),
    ).to.deep.equal(["addLiquidity", ""]);
  });

  it("withdraws when the market moves too much, and quotes again when it is calm", () => {
    const agent = marketMaker({ asset: "ETH", maxVolatility: 0.003, memoryWeight: 0.5 });
    const moved = { ...calm, price: 2_020 };
    const blocks = [
      { ...calm, self: idle },
      { ...calm, self: quoting },
      // one return of 1 %: √(0.5 · 0.01²) = 0.7 %
      { ...moved, self: quoting },
      { ...moved, self: idle },
      { ...moved, self: idle },
      { ...moved, self: idle },
    ];
    // then 0.5 %, 0.35 %, 0.25 %
    expect(deeds(agent, blocks)).to.deep.equal(["addLiquidity", "", "removeLiquidity", "", "", "addLiquidity"]);
    const steady = marketMaker({ asset: "ETH", maxVolatility: 0.008, memoryWeight: 0.5 });
    expect(deeds(steady, blocks.slice(0, 3))).to.deep.equal(["addLiquidity", "", ""]);
  });

  it("withdraws when its inventory is too far from that at the start, and rebalances it", () => {
    const agent = marketMaker({ asset: "ETH", maxInventory: 0.1 });
    const off = { price: 2_000, pool: { weth: 1_150, usdc: 1_740_000 } };
    const withdrawn = { ...off, self: { weth: 115, usdc: 174_000 } };
    const blocks = [{ ...calm, self: idle }, { ...off, self: quoting }, withdrawn];
    expect(deeds(agent, blocks)).to.deep.equal(["addLiquidity", "removeLiquidity", "swapExactTokensForTokens"]);
    const [, , sale] = askInTurn(agent, blocks);
    expect(sale![0]!.call.args[0]).to.equal(ether(15));
    expect(deeds(marketMaker({ asset: "ETH", maxInventory: 0.2 }), blocks.slice(0, 2))).to.deep.equal([
      "addLiquidity",
      "",
    ]);
  });

  it("buys back its shortfall", () => {
    const short = { ...calm, self: { weth: 80, usdc: 240_000 } };
    const [, intents] = askInTurn(marketMaker({ asset: "ETH" }), [{ ...calm, self: idle }, short]);
    expect(intents![0]!.call.function.name).to.equal("swapExactTokensForTokens");
    // 20 ether, which the pool would take for 39,100 dollars
    expect(Number(intents![0]!.call.args[0]) / 1e6).to.be.closeTo((20 * 0.997 * 2_000) / (1 + (20 * 0.997) / 1_000), 1);
  });

  it("says which markets there are if the one it is to quote on is not", async () => {
    const error = await failsWith("UNKNOWN_PROTOCOL", () => ask(marketMaker({ asset: "ETH", pool: "book" }), calm));
    expect(error.summary).to.match(/no market to quote on named "book"/);
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => marketMaker({} as never));
    await failsWith("INVALID_OPTION", () => marketMaker({ asset: "ETH", memoryWeight: 1 }));
    await failsWith("INVALID_OPTION", () => marketMaker({ asset: "ETH", maxInventory: 0 }));
    await failsWith("INVALID_OPTION", () => marketMaker({ asset: "ETH", halfSpread: 0 }));
    await failsWith("INVALID_OPTION", () => marketMaker({ asset: "ETH", levels: 1.5 }));
    await failsWith("INVALID_OPTION", () => marketMaker({ asset: "ETH", gamma: 1 } as never));
  });
});

describe("liquidity provider", () => {
  it("adds liquidity once, and removes it at its exit", () => {
    const agent = liquidityProvider({ enter: 2, exit: 4 });
    const blocks = [
      { ...calm, self: idle },
      { ...calm, self: idle },
      { ...calm, self: quoting },
      { ...calm, self: quoting },
    ];
    expect(deeds(agent, blocks)).to.deep.equal(["", "addLiquidity", "", "removeLiquidity"]);
    expect(askInTurn(agent, blocks)[3]![0]!.call.args[2]).to.equal(ether(100));
  });

  it("holds if it has no exit, and does nothing with only one token", () => {
    expect(ask(liquidityProvider(), { ...calm, block: 900, self: quoting })).to.deep.equal([]);
    expect(ask(liquidityProvider(), { ...calm, self: { weth: 10 } })).to.deep.equal([]);
  });

  it("refuses an exit that is no later than its entry", async () => {
    await failsWith("INVALID_OPTION", () => liquidityProvider({ enter: 5, exit: 5 }));
    await failsWith("INVALID_OPTION", () => liquidityProvider({ exits: 5 } as never));
  });
});
