import type { VolatilityQuote } from "../../../../src/risk/index.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { blackScholes, calibrateSurface, hestonPrice, impliedVolatility } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { hasRecordedPrices, recordedOptions } from "../../../helpers/recorded-prices.js";

const MODEL = { volatility: 0.7, longRunVolatility: 0.9, reversion: 3, volOfVol: 2, correlation: -0.4 };
const NAMES = ["volatility", "longRunVolatility", "reversion", "volOfVol", "correlation"] as const;

/** What options cost under the model. */
const QUOTES: readonly VolatilityQuote[] = [7, 30, 90, 180].flatMap((days) =>
  [0.7, 0.85, 1, 1.15, 1.4].map((ratio) => {
    const option = {
      type: ratio < 1 ? "put" : "call",
      spot: 1_000,
      strike: 1_000 * ratio,
      expiry: days / 365,
    } as const;
    const volatility = impliedVolatility({ ...option, price: hestonPrice(option, MODEL) });
    return { strike: option.strike, forward: 1_000, expiry: option.expiry, volatility };
  }),
);

describe("calibrateSurface", () => {
  it("recovers the model that made a surface", () => {
    const { parameters, distance, process, volatilities } = calibrateSurface(QUOTES);
    for (const name of NAMES) expect(parameters[name], name).to.be.closeTo(MODEL[name], 1e-6);
    expect(distance).to.be.lessThan(1e-8);
    expect(volatilities[7]).to.be.closeTo(QUOTES[7]!.volatility, 1e-8);
    expect(process.kind).to.equal("heston");
  });

  it("recovers it within its errors from quotes that are off by a tenth of a point", () => {
    const squares = { volatility: 0, longRunVolatility: 0, reversion: 0, volOfVol: 0, correlation: 0 };
    const surfaces = 12;
    const random = createRandom(1);
    for (let surface = 0; surface < surfaces; surface++) {
      const noisy = QUOTES.map((quote) => ({ ...quote, volatility: quote.volatility + 0.001 * random.normal() }));
      const { parameters, errors, distance } = calibrateSurface(noisy);
      expect(distance).to.be.within(0.0004, 0.0016);
      for (const name of NAMES) squares[name] += ((parameters[name] - MODEL[name]) / errors[name]) ** 2 / surfaces;
    }
    // the mean of 12 squares of nearly standard normals: quantiles at 0.1 % and 99.9 % of chi-squared
    for (const name of NAMES) expect(squares[name], name).to.be.within(0.184, 2.743);
  });

  it("refuses quotes that determine nothing, too few, or out of range", async () => {
    const same = QUOTES.map((quote) => ({ ...quote, strike: 1_000, expiry: 0.1, volatility: 0.8 }));
    await failsWith("INVALID_HISTORY", () => calibrateSurface(same));
    await failsWith("INVALID_OPTION", () => calibrateSurface(QUOTES.slice(0, 9)));
    await failsWith("INVALID_OPTION", () => calibrateSurface("quotes" as never));
    const error = await failsWith("INVALID_OPTION", () =>
      calibrateSurface(QUOTES.with(3, { ...QUOTES[3]!, volatility: -0.1 })),
    );
    expect(error.message).to.include("quotes[3]");
  });

  describe("on the options on bitcoin of 22 May 2020 (needs ../shared/prices)", () => {
    before(function () {
      if (!hasRecordedPrices()) this.skip();
    });

    it("finds the volatilities that Deribit published with its prices", () => {
      const liquid = recordedOptions().filter(({ vega, expiry }) => vega > 1 && expiry > 2 / 365);
      expect(liquid).to.have.lengthOf.at.least(150);
      for (const { type, strike, forward, expiry, price, mark } of liquid) {
        const found = impliedVolatility({ type, spot: forward, strike, expiry, price });
        // the hour of the expiry is rounded, which is up to 1 % of two days
        expect(found, `${type} ${strike} ${expiry}`).to.be.closeTo(mark, 0.01);
      }
    });

    it("finds the deltas that Deribit published", () => {
      for (const { type, strike, forward, expiry, mark, delta, vega } of recordedOptions()) {
        if (vega < 1 || expiry < 2 / 365) continue;
        const found = blackScholes({ type, spot: forward, strike, expiry, volatility: mark });
        expect(found.delta, `${type} ${strike} ${expiry}`).to.be.closeTo(delta, 0.005);
        expect(found.vega / 100).to.be.closeTo(vega, 0.01 * vega + 0.01);
      }
    });

    it("finds the surface's best Heston model, which is that of SciPy", () => {
      const quotes = recordedOptions()
        .filter(({ bid, ask, expiry }) => bid > 0 && ask < 4 && expiry > 3 / 365)
        .map(({ strike, forward, expiry, mark }) => ({ strike, forward, expiry, volatility: mark }));
      expect(quotes).to.have.length(148);
      const { parameters, distance } = calibrateSurface(quotes);
      // scipy.optimize.least_squares from four starts, prices by a plain sum over the same integral
      expect(distance).to.be.closeTo(0.0373063, 1e-6);
      expect(parameters.volatility).to.be.closeTo(0.9564, 1e-4);
      expect(parameters.longRunVolatility).to.be.closeTo(1.05065, 1e-4);
      expect(parameters.reversion).to.be.closeTo(36.036, 0.02);
      expect(parameters.volOfVol).to.be.closeTo(27.597, 0.01);
      expect(parameters.correlation).to.be.closeTo(-0.25275, 1e-4);
    });
  });
});
