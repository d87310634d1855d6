import type { NoiseTraderOptions } from "../../../src/agents/noise-trader.js";

import { expect } from "chai";

import { noiseTrader } from "../../../src/agents/noise-trader.js";
import { failsWith } from "../../helpers/errors.js";
import { ask, USDC, WETH } from "../../helpers/market-view.js";

const BLOCKS = 2_000;
const market = { price: 2_000, pool: { weth: 1e7, usdc: 2e10 }, self: { weth: 1e6, usdc: 1e9 } };

/** US dollars of each order in each of many blocks; negative for sales of ether. */
function orders(options: NoiseTraderOptions): readonly (readonly number[])[] {
  const agent = noiseTrader(options);
  return Array.from({ length: BLOCKS }, (_, index) =>
    ask(agent, market, index).map(({ call }) => {
      const [amountIn, , [tokenIn]] = call.args as [bigint, bigint, readonly string[]];
      return tokenIn === USDC.address ? Number(amountIn) / 1e6 : (-Number(amountIn) / 1e18) * 2_000;
    }),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  return mean(values.map((value) => (value - mean(values)) ** 2));
}

describe("noise trader", () => {
  it("places a Poisson number of orders per block", () => {
    const rate = 1.5;
    const counts = orders({ rate }).map(({ length }) => length);
    // five standard errors; the variance of a sample variance is (μ₄ - σ⁴) / n, and a Poisson number's μ₄ is λ + 3 λ²
    expect(Math.abs(mean(counts) - rate)).to.be.lessThan(5 * Math.sqrt(rate / BLOCKS));
    expect(Math.abs(variance(counts) - rate)).to.be.lessThan(5 * Math.sqrt((rate + 2 * rate ** 2) / BLOCKS));
    const none = counts.filter((count) => count === 0).length / BLOCKS;
    expect(Math.abs(none - Math.exp(-rate))).to.be.lessThan(
      5 * Math.sqrt((Math.exp(-rate) * (1 - Math.exp(-rate))) / BLOCKS),
    );
  });

  it("draws their sizes from a log-normal distribution, and buys as often as it sells", () => {
    const sizes = orders({ rate: 2, medianSize: 500, sizeDeviation: 0.8 }).flat();
    const logarithms = sizes.map((size) => Math.log(Math.abs(size) / 500));
    const count = sizes.length;
    expect(Math.abs(mean(logarithms))).to.be.lessThan((5 * 0.8) / Math.sqrt(count));
    expect(Math.abs(variance(logarithms) / 0.64 - 1)).to.be.lessThan(5 * Math.sqrt(2 / count));
    const buys = sizes.filter((size) => size > 0).length;
    expect(Math.abs(buys / count - 0.5)).to.be.lessThan(2.5 / Math.sqrt(count));
  });

  it("places the orders of crowds if traders imitate each other", () => {
    const herding = 0.5;
    const crowds = orders({ rate: 1, medianSize: 100, sizeDeviation: 0, herding })
      .flat()
      .map((size) => Math.abs(size) / 100);
    for (const crowd of crowds) expect(crowd).to.be.closeTo(Math.round(crowd), 1e-6);
    // Borel's distribution: mean 1 / (1 - c), variance c / (1 - c)³, and alone with probability exp(-c)
    const error = Math.sqrt(herding / (1 - herding) ** 3 / crowds.length);
    expect(Math.abs(mean(crowds) - 2)).to.be.lessThan(5 * error);
    const alone = crowds.filter((crowd) => crowd < 1.5).length / crowds.length;
    expect(Math.abs(alone - Math.exp(-herding))).to.be.lessThan(2.5 / Math.sqrt(crowds.length));
  });

  it("makes the same trades with the same seed", () => {
    const agent = noiseTrader({ rate: 5 });
    expect(ask(agent, market, 3)).to.deep.equal(ask(agent, market, 3));
    expect(ask(agent, market, 3)).to.not.deep.equal(ask(agent, market, 4));
  });

  it("spends no more than it has, over all orders of a block, and accepts no more slippage than allowed", () => {
    const poor = { ...market, self: { weth: 1 } };
    const intents = ask(noiseTrader({ rate: 20, medianSize: 1_500, sizeDeviation: 0, maxSlippage: 0.01 }), poor);
    const sold = intents.map(({ call }) => call.args[0] as bigint);
    expect(sold.length).to.be.greaterThan(1);
    expect(sold.reduce((sum, amount) => sum + amount, 0n)).to.equal(10n ** 18n);
    const [amountIn, minOut, path] = intents[0]!.call.args as [bigint, bigint, readonly string[]];
    expect(path).to.deep.equal([WETH.address, USDC.address]);
    expect(Number(minOut) / 1e6).to.be.closeTo((Number(amountIn) / 1e18) * 2_000 * 0.997 * 0.99, 1e-2);
  });

  it("does nothing without capital, without orders, or on no venue", () => {
    expect(ask(noiseTrader({ rate: 20 }), { ...market, self: {} })).to.deep.equal([]);
    expect(ask(noiseTrader({ rate: 0 }), market)).to.deep.equal([]);
  });

  it("refuses options and venues that do not exist, and values out of range", async () => {
    await failsWith("INVALID_OPTION", () => noiseTrader({ rate: 21 }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ medianSize: 0 }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ sizeDeviation: -1 }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ herding: 1 }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ maxSlippage: 2 }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ venues: [] }));
    await failsWith("INVALID_OPTION", () => noiseTrader({ rates: 1 } as never));
    await failsWith("UNKNOWN_PROTOCOL", () => ask(noiseTrader({ venues: ["nowhere"] }), market));
  });
});
