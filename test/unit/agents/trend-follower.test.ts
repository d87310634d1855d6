import { expect } from "chai";

import { trendFollower } from "../../../src/agents/trend-follower.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, askInTurn, ether, USDC, WETH } from "../../helpers/market-view.js";

const pool = { weth: 1e6, usdc: 2e9 };
const self = { weth: 100, usdc: 200_000 };
const options = { asset: "ETH", lookback: 2, trend: 1, demand: 100_000 };

function at(...prices: readonly number[]) {
  return prices.map((price) => ({ price, pool, self }));
}

describe("trend follower", () => {
  it("buys what rose over its lookback, and sells what fell", () => {
    const [, , rise] = askInTurn(trendFollower(options), at(2_000, 2_050, 2_200));
    const [amountIn, , path] = rise![0]!.call.args as [bigint, bigint, readonly string[]];
    expect(path).to.deep.equal([USDC.address, WETH.address]);
    expect(Number(amountIn) / 1e6).to.be.closeTo(100_000 * Math.log(1.1), 1e-3);
    const [, , fall] = askInTurn(trendFollower(options), at(2_000, 1_950, 1_800));
    const [sold, , back] = fall![0]!.call.args as [bigint, bigint, readonly string[]];
    expect(back).to.deep.equal([WETH.address, USDC.address]);
    expect((Number(sold) / 1e18) * 1_800).to.be.closeTo(-100_000 * Math.log(0.9), 1e-3);
  });

  it("waits until it can look back, and does nothing while the price does not move", () => {
    expect(askInTurn(trendFollower(options), at(2_000, 2_500))).to.deep.equal([[], []]);
    expect(askInTurn(trendFollower(options), at(2_000, 2_000, 2_000, 2_000)).flat()).to.deep.equal([]);
  });

  it("forgets older prices, and closes its position when the trend is over", () => {
    const before = at(2_000, 2_100, 2_200, 2_200);
    const over = { price: 2_200, pool, self: { weth: 105, usdc: 189_000 } };
    const [, , , , sale] = askInTurn(trendFollower(options), [...before, over]);
    expect(sale![0]!.call.args[0]).to.equal(ether(5));
  });

  it("trades against a move if it is a contrarian, and to the fair price if it is a fundamentalist", () => {
    const [, , rise] = askInTurn(trendFollower({ ...options, trend: -1 }), at(2_000, 2_050, 2_200));
    expect(rise![0]!.call.args[2]).to.deep.equal([WETH.address, USDC.address]);
    const [intent] = ask(trendFollower({ ...options, trend: 0, reversion: 1 }), at(2_200)[0]!);
    expect(intent!.call.args[2]).to.deep.equal([USDC.address, WETH.address]);
    expect(Number(intent!.call.args[0]) / 1e6).to.be.closeTo(100_000 * Math.log(1.1), 1e-3);
  });

  it("looks at its venues if told to", () => {
    const markets = [2e9, 2e9, 2.2e9].map((usdc) => ({ price: 2_000, pool: { weth: 1e6, usdc }, self }));
    expect(askInTurn(trendFollower(options), markets).flat()).to.deep.equal([]);
    expect(askInTurn(trendFollower({ ...options, watches: "venue" }), markets).flat()).to.have.length(1);
  });

  it("ignores moves below its threshold, and stays within its capital", () => {
    const small = at(2_000, 2_000, 2_010);
    expect(askInTurn(trendFollower({ ...options, threshold: 0.006 }), small).flat()).to.deep.equal([]);
    expect(askInTurn(trendFollower({ ...options, threshold: 0.004 }), small).flat()).to.have.length(1);
    const [, , rise] = askInTurn(trendFollower({ ...options, demand: 1e9 }), at(2_000, 2_050, 2_200));
    expect(rise![0]!.call.args[0]).to.equal(200_000_000_000n);
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => trendFollower({ asset: "" }));
    await failsWith("INVALID_OPTION", () => trendFollower({ asset: "ETH", lookback: 0 }));
    await failsWith("INVALID_OPTION", () => trendFollower({ asset: "ETH", demand: 0 }));
    await failsWith("INVALID_OPTION", () => trendFollower({ asset: "ETH", watches: "oracle" as never }));
    await failsWith("INVALID_OPTION", () => trendFollower({ asset: "ETH", trends: 1 } as never));
  });
});
