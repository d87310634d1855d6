import type { VolatilityQuote } from "../../../../src/risk/index.js";

import { expect } from "chai";

import { surfaceVolatility } from "../../../../src/oracles/index.js";
import { calibrateVolatility } from "../../../../src/risk/index.js";
import { ssviVariance } from "../../../../src/risk/options/ssvi.js";
import { failsWith } from "../../../helpers/errors.js";
import { hasRecordedPrices, recordedOptions } from "../../../helpers/recorded-prices.js";

const SHAPE = { correlation: -0.3, curvature: 0.9, decay: 0.4 };
const AT_THE_MONEY = new Map([
  [7 / 365, 0.9],
  [30 / 365, 0.8],
  [90 / 365, 0.75],
]);

const QUOTES: readonly VolatilityQuote[] = [...AT_THE_MONEY].flatMap(([expiry, volatility]) =>
  [0.6, 0.8, 0.9, 1, 1.1, 1.3, 1.7].map((strike) => ({
    strike: 2_000 * strike,
    forward: 2_000,
    expiry,
    volatility: Math.sqrt(ssviVariance(volatility ** 2 * expiry, Math.log(strike), SHAPE) / expiry),
  })),
);

describe("calibrateVolatility", () => {
  it("recovers the surface that quotes were made of, and its level at 30 days", () => {
    const { shape, atTheMoney, level, distance, surface } = calibrateVolatility(QUOTES);
    expect(distance).to.be.below(1e-7);
    expect(shape.correlation).to.be.closeTo(SHAPE.correlation, 1e-5);
    expect(shape.curvature).to.be.closeTo(SHAPE.curvature, 1e-5);
    expect(shape.decay).to.be.closeTo(SHAPE.decay, 1e-5);
    for (const { expiry, volatility } of atTheMoney) expect(volatility).to.be.closeTo(AT_THE_MONEY.get(expiry)!, 1e-6);
    expect(level).to.be.closeTo(0.8, 1e-6);
    for (const { strike, forward, expiry, volatility } of QUOTES) {
      const found = surfaceVolatility(surface, { level, strike: strike / forward, expiry });
      // 1.7 lies between two strikes of the surface
      expect(found, `${strike} ${expiry}`).to.be.closeTo(volatility, 0.005);
    }
  });

  it("has no arbitrage where the quotes have some: total variances do not fall with the expiry", () => {
    const first = 7 / 365;
    const falling = QUOTES.map((quote) =>
      quote.expiry === first ? { ...quote, volatility: 2.2 * quote.volatility } : quote,
    );
    const { atTheMoney, shape, distance } = calibrateVolatility(falling);
    expect(distance).to.be.above(0.05);
    const variances = atTheMoney.map(({ expiry, volatility }) => volatility ** 2 * expiry);
    expect(variances).to.deep.equal(variances.toSorted((one, other) => one - other));
    expect(shape.curvature * (1 + Math.abs(shape.correlation))).to.be.at.most(2);
  });

  it("refuses quotes that are too few, out of range, or of too many moments", async () => {
    await failsWith("INVALID_OPTION", () => calibrateVolatility(QUOTES.slice(0, 9)));
    const wrong = QUOTES.with(3, { ...QUOTES[3]!, volatility: -0.1 });
    const error = await failsWith("INVALID_OPTION", () => calibrateVolatility(wrong));
    expect(error.message).to.include("calibrateVolatility: quotes[3]");
    const scattered = Array.from({ length: 40 }, (_value, index) => ({ ...QUOTES[0]!, expiry: (index + 1) / 365 }));
    await failsWith("INVALID_OPTION", () => calibrateVolatility(scattered));
    await failsWith("INVALID_OPTION", () => calibrateVolatility(QUOTES, { tenor: 0 }));
    // all at the money: no smile
    const flat = QUOTES.map((quote) => ({ ...quote, strike: quote.forward }));
    await failsWith("INVALID_HISTORY", () => calibrateVolatility(flat));
  });

  it("finds the surface of the options on bitcoin of 22 May 2020, which is that of SciPy (needs ../shared/prices)", function () {
    if (!hasRecordedPrices()) this.skip();
    const quotes = recordedOptions()
      .filter(({ bid, ask, expiry }) => bid > 0 && ask < 4 && expiry > 3 / 365)
      .map(({ strike, forward, expiry, mark }) => ({ strike, forward, expiry, volatility: mark }));
    const { distance, shape, atTheMoney, level } = calibrateVolatility(quotes);
    // scipy.optimize.least_squares from six starts, all of which end here
    expect(distance).to.be.closeTo(0.026994852, 1e-8);
    expect(shape.correlation).to.be.closeTo(-0.197914, 1e-5);
    expect(shape.curvature).to.be.closeTo(1.008935, 2e-5);
    expect(shape.decay).to.be.closeTo(0.6171, 1e-5);
    const expected = [0.710757, 0.762938, 0.841844, 0.859152, 0.884918];
    for (const [index, { volatility }] of atTheMoney.entries()) {
      expect(volatility).to.be.closeTo(expected[index]!, 1e-5);
    }
    expect(level).to.be.within(expected[1]!, expected[2]!);
  });
});
