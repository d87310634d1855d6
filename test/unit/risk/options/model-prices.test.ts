import { expect } from "chai";

import { blackScholes, hestonPrice, kouPrice, mertonPrice } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";

const CALL = { type: "call", spot: 100, strike: 110, expiry: 0.5, rate: 0.05, dividendYield: 0.02 } as const;

describe("mertonPrice", () => {
  // Haug, as in QuantLib's tests: a share of the variance is that of the jumps, which are 1 on average
  // (as printed, and by 200 terms of the series with 40 digits; the printed 2.21 was cut, not rounded)
  for (const [strike, expiry, jumpsPerYear, share, price, exact] of [
    [80, 0.1, 1, 0.25, 20.67, 20.6676426683],
    [100, 0.5, 1, 0.25, 8.95, 8.95419506871],
    [100, 0.5, 10, 0.25, 9.03, 9.03127659708],
    [120, 0.5, 5, 0.75, 2.21, 2.21544954098],
  ] as const) {
    it(`prices a call at ${strike} with ${jumpsPerYear} jumps a year as Haug does`, () => {
      const jumpVariance = (share * 0.25 ** 2) / jumpsPerYear;
      const model = {
        volatility: 0.25 * Math.sqrt(1 - share),
        jumpsPerYear,
        jumpMean: -jumpVariance / 2,
        jumpDeviation: Math.sqrt(jumpVariance),
      };
      const found = mertonPrice({ type: "call", spot: 100, strike, expiry, rate: 0.08 }, model);
      expect(found).to.be.closeTo(price, 0.006);
      expect(found).to.be.closeTo(exact, 1e-10);
    });
  }

  it("prices what may lose 60 % in one jump as Surkov does", () => {
    const model = { volatility: 0.15, jumpsPerYear: 0.1, jumpMean: -0.9, jumpDeviation: 0.45 };
    const option = { type: "call", spot: 100, strike: 100, expiry: 0.25, rate: 0.05 } as const;
    // Surkov's is by a grid
    expect(mertonPrice(option, model)).to.be.closeTo(4.391243, 3e-6);
    // 200 terms of the series with 40 digits
    expect(mertonPrice(option, model)).to.be.closeTo(4.39124568920264, 1e-12);
  });

  it("is Black-Scholes without jumps, and keeps put-call parity with thousands of them", () => {
    const calm = { volatility: 0.4, jumpsPerYear: 0, jumpMean: -0.1, jumpDeviation: 0.2 };
    expect(mertonPrice(CALL, calm)).to.be.closeTo(blackScholes({ ...CALL, volatility: 0.4 }).price, 1e-12);
    for (const jumpsPerYear of [20, 20_000]) {
      const model = { ...calm, jumpsPerYear, jumpMean: -0.01, jumpDeviation: 0.01 };
      const parity = 100 * Math.exp(-0.01) - 110 * Math.exp(-0.025);
      expect(mertonPrice(CALL, model) - mertonPrice({ ...CALL, type: "put" }, model)).to.be.closeTo(parity, 1e-9);
    }
  });

  it("stays finite where a jump multiplies the price by thousands", () => {
    const model = { volatility: 0.2, jumpsPerYear: 50, jumpMean: 5, jumpDeviation: 2 };
    const option = { ...CALL, expiry: 2, dividendYield: 0 };
    // it is worth as much as the asset: hardly ever are there no jumps, and then it is nothing
    expect(mertonPrice(option, model)).to.be.closeTo(100, 1e-6);
    expect(mertonPrice({ ...option, type: "put" }, model)).to.be.closeTo(110 * Math.exp(-0.1), 1e-6);
  });

  it("refuses a model or an option outside its range", async () => {
    const model = { volatility: 0.15, jumpsPerYear: 0.1, jumpMean: -0.9, jumpDeviation: 0.45 };
    await failsWith("INVALID_OPTION", () => mertonPrice(CALL, { ...model, jumpDeviation: -1 }));
    await failsWith("INVALID_OPTION", () => mertonPrice({ ...CALL, expiry: -1 }, model));
    await failsWith("INVALID_OPTION", () => mertonPrice({ ...CALL, expiry: 10 }, { ...model, jumpsPerYear: 1e6 }));
  });
});

describe("kouPrice", () => {
  const footnote = { volatility: 0.16, jumpsPerYear: 1, upward: 0.4, meanRise: 1 / 10, meanFall: 1 / 5 };
  const wild = { volatility: 0.2, jumpsPerYear: 0.2, upward: 0.5, meanRise: 1 / 3, meanFall: 1 / 2 };

  it("prices what Kou's own example and Surkov's have", () => {
    const option = { type: "call", spot: 100, strike: 98, expiry: 0.5, rate: 0.05 } as const;
    expect(kouPrice(option, footnote)).to.be.closeTo(9.14732, 5e-6);
    const near = { type: "call", spot: 1, strike: 1, expiry: 0.2 } as const;
    expect(kouPrice(near, wild)).to.be.closeTo(0.0426478, 5e-8);
    const far = { type: "call", spot: 100, strike: 110, expiry: 1 } as const;
    expect(kouPrice(far, wild)).to.be.closeTo(7.27993, 5e-6);
  });

  it("is Black-Scholes without jumps, for an hour and far from the money, too", () => {
    for (const expiry of [1 / 8_760, 0.5, 10]) {
      for (const strike of [50, 99.9, 100, 101, 200]) {
        const option = { ...CALL, expiry, strike };
        const { price } = blackScholes({ ...option, volatility: 0.4 });
        expect(kouPrice(option, { ...wild, volatility: 0.4, jumpsPerYear: 0 })).to.be.closeTo(price, 1e-11);
      }
    }
  });

  it("keeps put-call parity, and refuses what hardly diffuses", async () => {
    const parity = 100 * Math.exp(-0.01) - 110 * Math.exp(-0.025);
    expect(kouPrice(CALL, wild) - kouPrice({ ...CALL, type: "put" }, wild)).to.be.closeTo(parity, 1e-11);
    await failsWith("INVALID_OPTION", () => kouPrice(CALL, { ...wild, volatility: 0 }));
    await failsWith("INVALID_OPTION", () => kouPrice(CALL, { ...wild, meanRise: 1 }));
  });
});

describe("hestonPrice", () => {
  const lewis = { volatility: 0.2, longRunVolatility: 0.5, reversion: 4, volOfVol: 1, correlation: -0.5 };

  for (const [strike, call, put] of [
    [80, 26.77475874399885, 7.958878113256768],
    [90, 20.93334900059671, 12.0179667073463],
    [100, 16.07015491702883, 17.05527096127011],
    [110, 12.13221151670984, 23.0178258984428],
    [120, 9.02491348345784, 29.81102620268247],
  ] as const) {
    it(`prices options at ${strike} as Lewis does`, () => {
      const option = { spot: 100, strike, expiry: 1, rate: 0.01, dividendYield: 0.02 };
      expect(hestonPrice({ ...option, type: "call" }, lewis)).to.be.closeTo(call, 1e-12);
      expect(hestonPrice({ ...option, type: "put" }, lewis)).to.be.closeTo(put, 1e-12);
    });
  }

  it("prices ten years of violated Feller as Kahl and Jäckel do, where other branches of the logarithm break", () => {
    const hard = { volatility: 0.4, reversion: 1, volOfVol: 2, correlation: -0.8 };
    const option = { type: "call", spot: 100, strike: 200, expiry: 10 } as const;
    expect(hestonPrice(option, hard)).to.be.closeTo(4.95212, 6e-6);
    // the same integral with 25 digits; it would be printed as 4.95211
    expect(hestonPrice(option, hard)).to.be.closeTo(4.95211472087976, 1e-12);
  });

  it("comes near to Black-Scholes as nothing disturbs the variance, with no digits lost", () => {
    const option = { ...CALL, rate: 0.01 };
    const still = { ...lewis, volOfVol: 0 };
    // the mean variance of half a year
    const variance = 0.25 + ((0.04 - 0.25) * (1 - Math.exp(-2))) / 2;
    const { price } = blackScholes({ ...option, volatility: Math.sqrt(variance) });
    expect(hestonPrice(option, still)).to.be.closeTo(price, 1e-12);
    expect(hestonPrice(option, { ...still, volOfVol: 1e-9 })).to.be.closeTo(price, 1e-7);
    expect(hestonPrice(option, { ...still, volOfVol: 1e-6, correlation: 0 })).to.be.closeTo(price, 1e-10);
    expect(hestonPrice(option, { ...still, reversion: 0 })).to.be.closeTo(
      blackScholes({ ...option, volatility: 0.2 }).price,
      1e-12,
    );
  });

  it("prices an hour as Black-Scholes with the present volatility, nearly", () => {
    const option = { type: "call", spot: 100, strike: 100, expiry: 1 / 8_760 } as const;
    const { price } = blackScholes({ ...option, volatility: 0.2 });
    expect(hestonPrice(option, lewis) / price).to.be.closeTo(1, 0.002);
  });

  it("refuses a model outside its range", async () => {
    await failsWith("INVALID_OPTION", () => hestonPrice(CALL, { ...lewis, correlation: 2 }));
    await failsWith("INVALID_OPTION", () => hestonPrice(CALL, { ...lewis, kappa: 2 } as never));
  });
});
