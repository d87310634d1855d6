import { expect } from "chai";

import { deltaHedger } from "../../../src/agents/index.js";
import { hedged } from "../../../src/conditions/index.js";
import { blackScholes } from "../../../src/risk/index.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, askInTurn, ether, USDC, WETH } from "../../helpers/market-view.js";

const option = { type: "call", asset: "ETH", strike: 2_000, expiresIn: 864_000, amount: -10, volatility: 0.8 } as const;
const pool = { weth: 1e6, usdc: 2e9 };
const self = { weth: 0, usdc: 100_000 };

function deltaAt(spot: number, type: "call" | "put" = "call"): number {
  return blackScholes({ type, spot, strike: 2_000, expiry: 10 / 365, volatility: 0.8 }).delta;
}

describe("delta hedger", () => {
  it("buys the delta of the calls that it has sold, in a transaction that lets arbitrageurs go first", () => {
    const [intent] = ask(deltaHedger({ option }), { price: 2_000, pool, self });
    const [amountIn, minOut, path] = intent!.call.args as [bigint, bigint, readonly string[]];
    expect(path).to.deep.equal([USDC.address, WETH.address]);
    const wanted = 10 * deltaAt(2_000);
    expect(Number(amountIn) / 1e6).to.be.closeTo(wanted * 2_000, 0.01);
    // 2 % worse than the fair price, whatever the venue quotes
    expect(Number(minOut) / 1e18).to.be.closeTo(0.98 * wanted, 1e-4);
    expect(intent!.tip).to.equal(100_000_000n);
  });

  it("trades the difference only, in both directions", () => {
    const agent = deltaHedger({ option });
    const [, rise, fall] = askInTurn(agent, [
      { price: 2_000, pool, self },
      { price: 2_200, pool, self: { weth: 5.264, usdc: 90_000 } },
      { price: 1_800, pool, self: { weth: 5.264, usdc: 90_000 } },
    ]);
    expect(Number(rise![0]!.call.args[0]) / 1e6).to.be.closeTo((10 * deltaAt(2_200) - 5.264) * 2_200, 0.01);
    expect(Number(fall![0]!.call.args[0]) / 1e18).to.be.closeTo(5.264 - 10 * deltaAt(1_800), 1e-4);
    expect(fall![0]!.call.args[2]).to.deep.equal([WETH.address, USDC.address]);
  });

  it("sells what it has where the delta asks for less than it had, and no more", () => {
    const put = { ...option, type: "put" } as const;
    const sold = ask(deltaHedger({ option: put }), { price: 2_000, pool, self: { weth: 20, usdc: 0 } });
    expect(Number(sold[0]!.call.args[0]) / 1e18).to.be.closeTo(-10 * deltaAt(2_000, "put"), 1e-4);
    const short = ask(deltaHedger({ option: put }), { price: 2_000, pool, self: { weth: 1, usdc: 0 } });
    expect(short[0]!.call.args[0]).to.equal(ether(1));
  });

  it("leaves a small distance alone, and waits for its blocks", () => {
    const near = { price: 2_000, pool, self: { weth: 10 * deltaAt(2_000) - 0.4, usdc: 1e5 }, start: { weth: 0 } };
    expect(ask(deltaHedger({ option, band: 0.05 }), near)).to.deep.equal([]);
    expect(ask(deltaHedger({ option, band: 0.03 }), near)).to.have.length(1);
    const market = { price: 2_000, pool, self };
    const asked = askInTurn(deltaHedger({ option, every: 3 }), [market, market, market, market]);
    expect(asked.map(({ length }) => length)).to.deep.equal([1, 0, 0, 1]);
  });

  it("refuses options that do not exist or are out of range", async () => {
    for (const wrong of [
      { amount: 0 },
      { strike: -1 },
      { expiresIn: 0 },
      { expiresIn: 1.5 },
      { volatility: 0 },
      { volatility: "" },
      { type: "straddle" },
      { maturity: 3 },
    ]) {
      const made = { ...option, ...wrong } as never;
      await failsWith("INVALID_OPTION", () => deltaHedger({ option: made }));
      await failsWith("INVALID_OPTION", () => hedged({ agent: "delta hedger", option: made, maxLoss: 1 }));
    }
    await failsWith("INVALID_OPTION", () => deltaHedger({ option, band: 2 }));
    await failsWith("INVALID_OPTION", () => deltaHedger({ option, every: 0 }));
    await failsWith("INVALID_OPTION", () => hedged({ agent: "delta hedger", option, maxLoss: -1 }));
  });
});
