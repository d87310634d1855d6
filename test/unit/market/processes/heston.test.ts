import { expect } from "chai";

import { gbm, heston } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { endsOf, expectMean, logReturnsOf, YEAR } from "../../../helpers/estimates.js";
import { priceOfCall } from "../../../helpers/european.js";

/** Alan Lewis's example, as in QuantLib's tests: interest 1 %, dividends 2 %. */
const LEWIS = { volatility: 0.2, longRunVolatility: 0.5, reversion: 4, volOfVol: 1, correlation: -0.5, drift: -0.01 };

describe("heston", () => {
  for (const [strike, price] of [
    [80, 26.774758744],
    [100, 16.070154917],
    [120, 9.0249134835],
  ] as const) {
    it(`prices a call at ${String(strike)} as Lewis does`, () => {
      const call = { spot: 100, strike, rate: 0.01, expiry: 1, blocks: 100, paths: 4_000 };
      const { mean, error } = priceOfCall(heston(LEWIS), call);
      expect(mean).to.be.closeTo(price, 3 * error);
      expect(error).to.be.lessThan(0.75);
    });
  }

  it("grows by its drift on average", () => {
    expectMean(
      endsOf(heston(LEWIS), { blocks: 90, blockTime: 86_400, paths: 6_000 }),
      Math.exp((-0.01 * 90) / 365),
      "growth",
    );
  });

  it("reverts from its first variance to the long-run one", () => {
    const { volatility, longRunVolatility, reversion, drift } = LEWIS;
    const dt = 1 / 365;
    const blocks = 120;
    const paths = 3_000;
    const returns = logReturnsOf(heston(LEWIS), { blocks, blockTime: dt * YEAR, paths });
    // the Euler scheme's own mean, because it reverts by κ Δt a step
    for (const block of [0, 20, 119]) {
      const variance =
        longRunVolatility ** 2 + (volatility ** 2 - longRunVolatility ** 2) * (1 - reversion * dt) ** block;
      const squares = Array.from({ length: paths }, (_value, index) => {
        const value = returns[index * blocks + block] ?? 0;
        return (value - (drift - variance / 2) * dt) ** 2;
      });
      expectMean(squares, variance * dt, `variance of block ${String(block)}`);
    }
  });

  it("is gbm where nothing disturbs the volatility, with the same seed", () => {
    const place = { blocks: 500, blockTime: 12, paths: 1 };
    const calm = heston({ volatility: 0.6, reversion: 3, volOfVol: 0, correlation: -0.7, drift: 0.1 });
    expect(logReturnsOf(calm, place)).to.deep.equal(logReturnsOf(gbm({ volatility: 0.6, drift: 0.1 }), place));
  });

  it("is gbm then in several steps a block, too, but for rounding", () => {
    const place = { blocks: 50, blockTime: 86_400 * 3, paths: 1 };
    const calm = heston({ volatility: 0.6, reversion: 3, volOfVol: 0, drift: 0.1 });
    const expected = logReturnsOf(gbm({ volatility: 0.6, drift: 0.1 }), place);
    for (const [index, value] of logReturnsOf(calm, place).entries()) {
      expect(value).to.be.closeTo(expected[index]!, 2e-6);
    }
  });

  it("has volatility that rises when prices fall, with a negative correlation", () => {
    const sampling = { blocks: 60, blockTime: 86_400, paths: 3_000 };
    const skewOf = (correlation: number): number => {
      const logs = endsOf(heston({ ...LEWIS, longRunVolatility: 0.2, correlation }), sampling).map(Math.log);
      const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
      return logs.reduce((sum, value) => sum + (value - mean) ** 3, 0);
    };
    expect(skewOf(-0.8)).to.be.lessThan(0);
    expect(skewOf(0.8)).to.be.greaterThan(skewOf(-0.8));
  });

  it("allows a variance that touches zero (Feller's condition is violated), and reversion within a block", () => {
    const touching = heston({ volatility: 0.4, reversion: 1, volOfVol: 2, correlation: -0.8 });
    expectMean(endsOf(touching, { blocks: 60, blockTime: 86_400, paths: 4_000 }), 1, "growth");
    const fast = heston({ volatility: 1, longRunVolatility: 0.5, reversion: 1_000, volOfVol: 5 });
    const returns = logReturnsOf(fast, { blocks: 1_000, blockTime: 86_400, paths: 3 });
    const spread = returns.reduce((sum, value) => sum + value ** 2, 0) / returns.length;
    expect(spread * 365).to.be.closeTo(0.25, 0.03);
  });

  it("truncates the variance in its own drift, too: it is 1.3 times what it should be at worst, not 1.9 times", () => {
    const [blocks, paths, variance] = [120, 4_000, 0.16];
    const violent = heston({ volatility: 0.4, reversion: 20, volOfVol: 20 });
    const returns = logReturnsOf(violent, { blocks, blockTime: 86_400, paths });
    const squares = returns.reduce((sum, value) => sum + value ** 2, 0) / paths;
    // a standard error is 0.07
    expect((squares * 365) / blocks / variance).to.be.within(1, 1.5);
  });

  it("refuses what is not an option or outside its range", async () => {
    await failsWith("INVALID_OPTION", () => heston({ ...LEWIS, correlation: -1.1 }));
    await failsWith("INVALID_OPTION", () => heston({ ...LEWIS, reversion: -1 }));
    await failsWith("INVALID_OPTION", () => heston({ ...LEWIS, longRunVolatility: 21 }));
    await failsWith("INVALID_OPTION", () => heston({ ...LEWIS, kappa: 1 } as never));
  });
});
